/* SPDX-License-Identifier: MIT */
/* The module alembic and its submodules: which name is what. */
#include "script/bind_context.h"
#include "script/bind_op.h"

#define CLASS_NAME(text, of)                            \
    {                                                   \
        .name = text, .kind = BIND_CLASS, .native = &of \
    }
#define FROM_NAME(text, of)                         \
    {                                               \
        .name = text, .kind = BIND_FROM, .from = of \
    }
#define MAKE_NAME(text, of)                         \
    {                                               \
        .name = text, .kind = BIND_MAKE, .make = of \
    }
#define NAMES(list) .names = list, .count = sizeof list / sizeof *list

static bool version_make(Vm *vm, Value *v)
{
    *v = make_strz(vm, "1.19.1");
    return true;
}

static const BindName alembic_names[] = {
    MAKE_NAME("__version__", version_make),
};
static const BindName operations_names[] = {
    CLASS_NAME("Operations", operations_class),
    CLASS_NAME("AbstractOperations", operations_class),
    CLASS_NAME("BatchOperations", batch_operations_class),
    FROM_NAME("MigrateOperation", "alembic.operations.ops"),
    FROM_NAME("MigrationScript", "alembic.operations.ops"),
};
static const BindName config_names[] = {
    CLASS_NAME("Config", config_class),
};
static const BindName script_names[] = {
    CLASS_NAME("ScriptDirectory", script_directory_class),
};
static const BindName migration_names[] = {
    CLASS_NAME("MigrationContext", migration_context_class),
    FROM_NAME("MigrationInfo", "alembic.util.migration"),
};

const BindModule alembic_modules[] = {
    { .name = "alembic", NAMES(alembic_names) },
    { .name = "alembic.op", .lookup = op_lookup },
    { .name = "alembic.context", .lookup = context_lookup },
    { .name = "alembic.operations", NAMES(operations_names) },
    { .name = "alembic.operations.base", .also = "alembic.operations" },
    { .name = "alembic.config", NAMES(config_names), .refused = "CommandLine main" },
    { .name = "alembic.script", NAMES(script_names), .refused = "Script" },
    { .name = "alembic.script.base", .also = "alembic.script" },
    { .name = "alembic.runtime" },
    { .name = "alembic.runtime.migration",
      NAMES(migration_names),
      .refused = "RevisionStep StampStep" },
    { .name = "alembic.runtime.environment", .refused = "EnvironmentContext" },
    { .name = "alembic.migration", .also = "alembic.runtime.migration" },
    { .name = "alembic.environment", .also = "alembic.runtime.environment" },
    { .name = "alembic.command",
      .refused = "branches check current downgrade edit ensure_version heads history init "
                 "list_templates merge revision show stamp upgrade" },
    { .name = "alembic.ddl" },
    { .name = "alembic.ddl.impl", .refused = "DefaultImpl" },
    { .name = "alembic.ddl.postgresql", .refused = "PostgresqlImpl" },
    { .name = "alembic.ddl.sqlite", .refused = "SQLiteImpl" },
    { .name = "alembic.ddl.mysql", .refused = "MySQLImpl" },
};
const size_t alembic_module_count = sizeof alembic_modules / sizeof *alembic_modules;
