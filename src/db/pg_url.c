/* SPDX-License-Identifier: MIT */
#include "db/pg_url.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

/* What an option of the URL, or of connect_args, becomes. */
typedef enum OptionUse {
    USE_PASS,    /* libpq's own: it judges name and value */
    USE_HOST,    /* may come several times, as host:port */
    USE_PORT,    /* a list, beside the hosts */
    USE_SSL,     /* asyncpg's: a mode, or true */
    USE_TIMEOUT, /* seconds to connect */
    USE_ANSWER,  /* seconds for a statement */
    USE_NONE,    /* steers the Python driver alone */
} OptionUse;

typedef struct OptionRow {
    const char *name;
    OptionUse use;
    const char *libpq; /* its name there; NULL: the same */
} OptionRow;

static const OptionRow option_rows[] = {
    { "host", USE_HOST, NULL },
    { "port", USE_PORT, NULL },
    { "ssl", USE_SSL, NULL },
    { "timeout", USE_TIMEOUT, NULL },
    { "connect_timeout", USE_TIMEOUT, NULL },
    { "command_timeout", USE_ANSWER, NULL },
    { "unix_sock", USE_HOST, NULL },
    { "database", USE_PASS, "dbname" },
    { "username", USE_PASS, "user" },
    { "client_encoding", USE_NONE, NULL }, /* always UTF8 */
    { "async_fallback", USE_NONE, NULL },
    { "autocommit", USE_NONE, NULL },
    { "connection_factory", USE_NONE, NULL },
    { "context", USE_NONE, NULL },
    { "cursor_factory", USE_NONE, NULL },
    { "max_cacheable_statement_size", USE_NONE, NULL },
    { "max_cached_statement_lifetime", USE_NONE, NULL },
    { "prepare_threshold", USE_NONE, NULL },
    { "prepared_statement_cache_size", USE_NONE, NULL },
    { "prepared_statement_name_func", USE_NONE, NULL },
    { "record_class", USE_NONE, NULL },
    { "row_factory", USE_NONE, NULL },
    { "statement_cache_size", USE_NONE, NULL },
    { "tcp_keepalive", USE_PASS, "keepalives" },
    { "use_native_hstore", USE_NONE, NULL },
};

static const UrlOption default_parameters[] = {
    { { "fallback_application_name", 25 }, { "limbeck", 7 } },
    { { "keepalives_idle", 15 }, { "30", 2 } },
    { { "keepalives_interval", 19 }, { "10", 2 } },
    { { "keepalives_count", 16 }, { "3", 1 } },
    { { "tcp_user_timeout", 16 }, { "60000", 5 } },
};

static const char *const root_bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
};

static ptrdiff_t parameter_index(const PgTarget *target, Str name)
{
    for (size_t i = 0; i < target->parameters.len; i++)
        if (str_eq(target->parameters.items[i].name, name))
            return (ptrdiff_t)i;
    return -1;
}

Str pg_target_get(const PgTarget *target, const char *name)
{
    ptrdiff_t at = parameter_index(target, str_from(name));
    return at < 0 ? STR_NONE : target->parameters.items[at].value;
}

static void set(Arena *arena, PgTarget *target, Str name, Str value)
{
    ptrdiff_t at = parameter_index(target, name);
    UrlOption parameter = { str_dup(arena, name), str_dup(arena, value) };
    if (at >= 0)
        target->parameters.items[at] = parameter;
    else
        VEC_PUSH(arena, &target->parameters, parameter);
}

/* ---- hosts ---- */

/* "name:port", as opposed to a socket's folder that holds a colon, or an IPv6 address. */
static bool split_port(Str text, Str *host, Str *port)
{
    ptrdiff_t colon = str_find_char(text, ':', 0);
    *host = text;
    *port = STR("");
    if (colon < 0)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        bool digits = i > (size_t)colon;
        char c = text.ptr[i];
        if (i != (size_t)colon &&
            !(digits ? char_is_digit(c) : char_is_alnum(c) || c == '-' || c == '.' || c == '_'))
            return false;
    }
    *host = str_slice(text, 0, (size_t)colon);
    *port = str_from_offset(text, (size_t)colon + 1);
    return true;
}

static void add_host(Arena *arena, PgTarget *target, Str text, Str port)
{
    Str host, own;
    bool split = split_port(text, &host, &own);
    VEC_PUSH(arena, &target->hosts, str_dup(arena, host));
    VEC_PUSH(arena, &target->ports, str_dup(arena, split && own.len ? own : port));
}

static void add_hosts(Arena *arena, PgTarget *target, Str list, Str port)
{
    for (Str host; str_split_next(&list, ',', &host);)
        add_host(arena, target, host, port);
}

/* One port is everybody's; a list goes with the hosts. */
static bool set_ports(Arena *arena, PgTarget *target, Str list, Error *err)
{
    StrVec ports = { 0 };
    Str rest = list;
    for (Str port; str_split_next(&rest, ',', &port);)
        VEC_PUSH(arena, &ports, str_dup(arena, port));
    if (target->hosts.len == 0 && ports.len > 0)
        add_host(arena, target, STR(""), ports.items[0]);
    if (ports.len > 1 && ports.len != target->hosts.len)
        return fail(err, ERR_URL, "number of hosts and ports don't match: %zu and %zu",
                    target->hosts.len, ports.len);
    for (size_t i = 0; i < target->ports.len && ports.len > 0; i++)
        target->ports.items[i] = ports.items[ports.len > 1 ? i : 0];
    return true;
}

bool pg_host_is_near(Str host)
{
    if (host.len == 0 || host.ptr[0] == '/' || host.ptr[0] == '@')
        return true;
    if (str_starts(host, STR("127.")) || str_is(host, "::1"))
        return true;
    if (str_ends(host, STR(".internal")) || str_ends(host, STR(".local")) ||
        str_ends(host, STR(".localhost")))
        return true;
    return str_find_char(host, '.', 0) < 0 && str_find_char(host, ':', 0) < 0;
}

/* ---- options ---- */

static const OptionRow *row_of(Str name)
{
    for (size_t i = 0; i < sizeof option_rows / sizeof *option_rows; i++)
        if (str_is(name, option_rows[i].name))
            return &option_rows[i];
    return NULL;
}

static bool milliseconds(Str name, Str text, int *ms, Error *err)
{
    char *end = NULL;
    double seconds = text.len ? strtod(text.ptr, &end) : 0;
    if (!end || end != text.ptr + text.len || seconds > 1e6)
        return fail(err, ERR_URL, "%.*s: '%.*s' is not a number of seconds", STR_ARG(name),
                    STR_ARG(text));
    *ms = seconds <= 0 ? 0 : (int)(seconds * 1000);
    return true;
}

/* asyncpg takes libpq's modes; True is a context that checks the name with the system's roots. */
static bool set_ssl(Arena *arena, PgTarget *target, Str value, Error *err)
{
    static const char *const modes[] = { "disable", "allow",     "prefer",
                                         "require", "verify-ca", "verify-full" };
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (str_is(value, modes[i])) {
            set(arena, target, STR("sslmode"), value);
            return true;
        }
    }
    bool on = str_eq_nocase(value, STR("true")), off = str_eq_nocase(value, STR("false"));
    if (!on && !off) {
        fail(err, ERR_URL, "ssl: '%.*s' is no mode", STR_ARG(value));
        return error_remedy(err, "use disable, allow, prefer, require, verify-ca or verify-full");
    }
    set(arena, target, STR("sslmode"), on ? STR("verify-full") : STR("disable"));
    if (on)
        set(arena, target, STR("sslrootcert"), STR("system"));
    return true;
}

/* "-c name=value" behind what `options` holds already. */
static void add_setting(Arena *arena, PgTarget *target, Str name, Str value)
{
    Buf out = buf_in(arena);
    Str before = pg_target_get(target, "options");
    if (before.len)
        buf_printf(&out, "%.*s ", STR_ARG(before));
    buf_printf(&out, "-c %.*s=", STR_ARG(name));
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '\\' || char_is_space(value.ptr[i]))
            buf_putc(&out, '\\');
        buf_putc(&out, value.ptr[i]);
    }
    set(arena, target, STR("options"), buf_take(&out, arena));
}

static bool take_setting(Arena *arena, PgTarget *target, Str name, Str value)
{
    static const char *const prefixes[] = { "server_settings.", "startup_params." };
    for (size_t i = 0; i < 2; i++) {
        Str prefix = str_from(prefixes[i]);
        if (!str_starts(name, prefix))
            continue;
        Str setting = str_from_offset(name, prefix.len);
        if (str_is(setting, "application_name"))
            set(arena, target, setting, value);
        else
            add_setting(arena, target, setting, value);
        return true;
    }
    return false;
}

static bool take_option(Arena *arena, PgTarget *target, const UrlOption *option, Error *err)
{
    const OptionRow *row = row_of(option->name);
    if (take_setting(arena, target, option->name, option->value))
        return true;
    if (!row) {
        set(arena, target, option->name, option->value);
        return true;
    }
    switch (row->use) {
    case USE_PASS:
        set(arena, target, row->libpq ? str_from(row->libpq) : option->name, option->value);
        return true;
    case USE_SSL:
        return set_ssl(arena, target, option->value, err);
    case USE_TIMEOUT:
        return milliseconds(option->name, option->value, &target->connect_timeout_ms, err);
    case USE_ANSWER:
        return milliseconds(option->name, option->value, &target->answer_timeout_ms, err);
    case USE_HOST:
    case USE_PORT: /* together, in take_hosts */
    case USE_NONE:
        return true;
    }
    return true;
}

static Str port_text(Arena *arena, const Url *url)
{
    return url->port > 0 ? str_format(arena, "%d", url->port) : STR("");
}

/* Hosts of the options take the place of the one before the path. */
static bool take_hosts(Arena *arena, PgTarget *target, const Url *url, const DbSettings *arguments,
                       Error *err)
{
    Str ports = STR_NONE;
    VEC_EACH (const UrlOption, option, &url->options) {
        const OptionRow *row = row_of(option->name);
        if (row && row->use == USE_HOST)
            add_hosts(arena, target, option->value, port_text(arena, url));
        else if (row && row->use == USE_PORT)
            ports = option->value;
    }
    VEC_EACH (const DbSetting, argument, arguments) {
        const OptionRow *row = row_of(argument->name);
        if (row && row->use == USE_HOST && target->hosts.len == 0)
            add_hosts(arena, target, argument->value, port_text(arena, url));
        else if (row && row->use == USE_PORT)
            ports = argument->value;
    }
    if (target->hosts.len == 0 && url->host.len > 0) {
        VEC_PUSH(arena, &target->hosts, url->host);
        VEC_PUSH(arena, &target->ports, port_text(arena, url));
    } else if (target->hosts.len == 0 && url->port > 0) {
        add_host(arena, target, STR(""), port_text(arena, url));
    }
    return !str_given(ports) || set_ports(arena, target, ports, err);
}

/* ---- certificates ---- */

static Str system_bundle(void)
{
    for (size_t i = 0; i < sizeof root_bundles / sizeof *root_bundles; i++)
        if (access(root_bundles[i], R_OK) == 0)
            return str_from(root_bundles[i]);
    return STR_NONE;
}

/* sslrootcert=system: the certificates that the system trusts, and then the name must fit too. */
static bool serve_system_roots(Arena *arena, PgTarget *target, int library_version, Error *err)
{
    Str roots = pg_target_get(target, "sslrootcert"), mode = pg_target_get(target, "sslmode");
    if (!str_given(roots))
        roots = str_from(getenv("PGSSLROOTCERT"));
    if (!str_is(roots, "system"))
        return true;
    if (!str_given(mode))
        mode = str_from(getenv("PGSSLMODE"));
    if (mode.len > 0 && !str_is(mode, "verify-full"))
        return fail(err, ERR_URL,
                    "weak sslmode \"%.*s\" may not be used with sslrootcert=system (use "
                    "\"verify-full\")",
                    STR_ARG(mode));
    set(arena, target, STR("sslmode"), STR("verify-full"));
    if (library_version >= PG_SYSTEM_ROOTS)
        return true;
    Str bundle = system_bundle();
    if (!str_given(bundle)) {
        fail(err, ERR_CONNECT, "sslrootcert=system: no certificates of the system were found");
        return error_remedy(err, "install them (Debian: apt-get install ca-certificates)");
    }
    set(arena, target, STR("sslrootcert"), bundle);
    return true;
}

static bool see_to_tls(Arena *arena, const DbOptions *options, PgTarget *target,
                       int library_version, Error *err)
{
    if (options->verify_tls && !str_given(pg_target_get(target, "sslmode")))
        set(arena, target, STR("sslmode"), STR("verify-full"));
    if (options->verify_tls && !str_given(pg_target_get(target, "sslrootcert")) &&
        !getenv("PGSSLROOTCERT"))
        set(arena, target, STR("sslrootcert"), STR("system"));
    return serve_system_roots(arena, target, library_version, err);
}

/* ---- Kerberos ---- */

/* Where libkrb5 would find a ticket, or what tells it to look elsewhere. */
static bool may_have_tickets(Arena *arena)
{
    static const char *const variables[] = { "KRB5CCNAME", "KRB5_CONFIG", "KRB5_CLIENT_KTNAME",
                                             "PGGSSENCMODE", "PGSERVICE" };
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (getenv(variables[i]))
            return true;
    Str tickets = str_format(arena, "/tmp/krb5cc_%lu", (unsigned long)getuid());
    return access("/etc/krb5.conf", F_OK) == 0 || access(tickets.ptr, F_OK) == 0;
}

/* libpq asks for tickets at every connection; where there can be none, Kerberos is not started. */
static void see_to_kerberos(Arena *arena, PgTarget *target)
{
    if (!str_given(pg_target_get(target, "gssencmode")) &&
        !str_given(pg_target_get(target, "service")) && !may_have_tickets(arena))
        set(arena, target, STR("gssencmode"), STR("disable"));
}

/* ---- all together ---- */

static void take_members(Arena *arena, PgTarget *target, const Url *url)
{
    if (str_given(url->username))
        set(arena, target, STR("user"), url->username);
    if (str_given(url->password))
        set(arena, target, STR("password"), url->password);
    if (url->database.len > 0)
        set(arena, target, STR("dbname"), url->database);
}

static bool take_environment_timeout(PgTarget *target, Error *err)
{
    Str text = str_from(getenv("PGCONNECT_TIMEOUT"));
    return text.len == 0 ||
           milliseconds(STR("PGCONNECT_TIMEOUT"), text, &target->connect_timeout_ms, err);
}

bool pg_target(Arena *arena, const Url *url, const DbOptions *options, int library_version,
               PgTarget *target, Error *err)
{
    *target = (PgTarget){ .connect_timeout_ms = PG_CONNECT_TIMEOUT_MS };
    if (!take_environment_timeout(target, err))
        return false;
    if (options->connect_timeout_ms > 0)
        target->connect_timeout_ms = options->connect_timeout_ms;
    take_members(arena, target, url);
    VEC_EACH (const UrlOption, option, &url->options)
        if (!take_option(arena, target, option, err))
            return false;
    VEC_EACH (const DbSetting, argument, &options->arguments) {
        UrlOption option = { argument->name, argument->value };
        if (!take_option(arena, target, &option, err))
            return false;
    }
    if (!take_hosts(arena, target, url, &options->arguments, err))
        return false;
    for (size_t i = 0; i < sizeof default_parameters / sizeof *default_parameters; i++)
        if (parameter_index(target, default_parameters[i].name) < 0)
            set(arena, target, default_parameters[i].name, default_parameters[i].value);
    set(arena, target, STR("client_encoding"), STR("UTF8"));
    see_to_kerberos(arena, target);
    return see_to_tls(arena, options, target, library_version, err);
}
