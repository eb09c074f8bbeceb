/* SPDX-License-Identifier: MIT */
#include "db/pg_library.h"

#include <dlfcn.h>

typedef struct Symbol {
    const char *name;
    size_t offset;
    bool optional;
} Symbol;

#define SYMBOL_REQUIRED(result, name, parameters) { #name, offsetof(PgLibrary, name), false },
#define SYMBOL_OPTIONAL(result, name, parameters) { #name, offsetof(PgLibrary, name), true },

static const Symbol symbols[] = { PG_FUNCTIONS(SYMBOL_REQUIRED, SYMBOL_OPTIONAL) };

static bool not_there(Error *err)
{
    const char *reason = dlerror();
    fail(err, ERR_UNSUPPORTED, "PostgreSQL's client library libpq.so.5 cannot be loaded: %s",
         reason ? reason : "unknown reason");
    return error_remedy(err, "install it (Debian, Ubuntu: apt-get install libpq5; Fedora: libpq; "
                             "Alpine: libpq)");
}

/* POSIX wants the pointer's bytes taken as a function's; C has no cast for it. */
static bool find(void *handle, const Symbol *symbol, PgLibrary *library, Error *err)
{
    void *found = dlsym(handle, symbol->name);
    if (!found && !symbol->optional) {
        fail(err, ERR_UNSUPPORTED, "PostgreSQL's client library libpq is too old: it has no %s",
             symbol->name);
        return error_remedy(err, "install libpq 14 or later (Debian: package libpq5)");
    }
    memcpy((char *)library + symbol->offset, &found, sizeof found);
    return true;
}

bool pg_library_open(PgLibrary *library, Error *err)
{
    /* Never closed: what it brings (TLS, Kerberos) cannot be unloaded safely. */
    void *handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return not_there(err);
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (!find(handle, &symbols[i], library, err))
            return false;
    return true;
}
