/* SPDX-License-Identifier: MIT */
/* The module sqlalchemy and its submodules: which name is what. */
#include "ops/op_def.h"
#include "script/bind_compile.h"
#include "script/bind_dbapi.h"
#include "script/bind_driver.h"
#include "script/bind_engine.h"
#include "script/bind_expr.h"
#include "script/bind_inspect.h"
#include "script/bind_orm.h"

#define RECORD_NAME(text, of)                            \
    {                                                    \
        .name = text, .kind = BIND_RECORD, .record = &of \
    }
#define CLASS_NAME(text, of)                            \
    {                                                   \
        .name = text, .kind = BIND_CLASS, .native = &of \
    }
#define ROW_NAME(text, of)                              \
    {                                                   \
        .name = text, .kind = BIND_FUNCTION, .row = &of \
    }
#define MAKER_NAME(text, of)                           \
    {                                                  \
        .name = text, .kind = BIND_RECORDS, .row = &of \
    }
#define FROM_NAME(text, of)                         \
    {                                               \
        .name = text, .kind = BIND_FROM, .from = of \
    }
#define MAKE_NAME(text, of)                         \
    {                                               \
        .name = text, .kind = BIND_MAKE, .make = of \
    }
#define TYPE_NAME(text, of) RECORD_NAME(text, type_classes[TYPE_##of].record)
#define NAMES(list) .names = list, .count = sizeof list / sizeof *list

static const BindName sa_names[] = {
    RECORD_NAME("Alias", alias_record),
    RECORD_NAME("BaseDDLElement", expr_record),
    RECORD_NAME("BinaryExpression", binary_record),
    RECORD_NAME("BindParameter", bind_record),
    RECORD_NAME("BooleanClauseList", boolean_list_record),
    RECORD_NAME("CTE", cte_record),
    RECORD_NAME("Case", case_record),
    RECORD_NAME("Cast", cast_record),
    RECORD_NAME("CheckConstraint", check_record),
    RECORD_NAME("ClauseElement", expr_record),
    RECORD_NAME("ClauseList", element_record),
    RECORD_NAME("Column", column_record),
    RECORD_NAME("ColumnClause", column_record),
    RECORD_NAME("ColumnCollectionConstraint", constraint_record),
    RECORD_NAME("ColumnElement", element_record),
    RECORD_NAME("ColumnOperators", element_record),
    RECORD_NAME("CompoundSelect", compound_record),
    RECORD_NAME("Computed", computed_record),
    RECORD_NAME("Constraint", constraint_record),
    RECORD_NAME("DDLElement", expr_record),
    RECORD_NAME("Delete", delete_record),
    RECORD_NAME("Executable", expr_record),
    RECORD_NAME("ExecutableDDLElement", expr_record),
    RECORD_NAME("Exists", element_record),
    RECORD_NAME("False_", false_record),
    RECORD_NAME("FetchedValue", fetched_value_record),
    RECORD_NAME("ForeignKey", foreign_key_record),
    RECORD_NAME("ForeignKeyConstraint", foreign_key_constraint_record),
    RECORD_NAME("FromClause", from_record),
    RECORD_NAME("Function", function_record),
    RECORD_NAME("FunctionElement", element_record),
    RECORD_NAME("GenericFunction", function_record),
    RECORD_NAME("Identity", identity_record),
    RECORD_NAME("Index", index_record),
    RECORD_NAME("Insert", insert_record),
    RECORD_NAME("Join", from_record),
    RECORD_NAME("Label", label_record),
    RECORD_NAME("MetaData", metadata_record),
    RECORD_NAME("Null", null_record),
    RECORD_NAME("Operators", element_record),
    RECORD_NAME("PrimaryKeyConstraint", primary_key_record),
    RECORD_NAME("SQLColumnExpression", element_record),
    RECORD_NAME("ScalarSelect", element_record),
    RECORD_NAME("Select", select_record),
    RECORD_NAME("SelectBase", select_record),
    RECORD_NAME("Selectable", from_record),
    RECORD_NAME("Sequence", sequence_record),
    RECORD_NAME("Subquery", alias_record),
    RECORD_NAME("Table", table_record),
    RECORD_NAME("TableClause", table_record),
    RECORD_NAME("TextClause", text_record),
    RECORD_NAME("True_", true_record),
    RECORD_NAME("UnaryExpression", unary_record),
    RECORD_NAME("UniqueConstraint", unique_record),
    RECORD_NAME("Update", update_record),
    RECORD_NAME("UpdateBase", dml_record),
    RECORD_NAME("AddConstraint", add_constraint_element_def.record),
    RECORD_NAME("CreateIndex", create_index_element_def.record),
    RECORD_NAME("CreateSchema", create_schema_def.record),
    RECORD_NAME("CreateSequence", create_sequence_def.record),
    RECORD_NAME("CreateTable", create_table_element_def.record),
    RECORD_NAME("DDL", ddl_element_def.record),
    RECORD_NAME("DropColumnComment", drop_column_comment_def.record),
    RECORD_NAME("DropConstraint", drop_constraint_element_def.record),
    RECORD_NAME("DropIndex", drop_index_element_def.record),
    RECORD_NAME("DropSchema", drop_schema_def.record),
    RECORD_NAME("DropSequence", drop_sequence_def.record),
    RECORD_NAME("DropTable", drop_table_element_def.record),
    RECORD_NAME("DropTableComment", drop_table_comment_element_def.record),
    RECORD_NAME("SetColumnComment", set_column_comment_def.record),
    RECORD_NAME("SetTableComment", set_table_comment_def.record),
    CLASS_NAME("BaseRow", row_class),
    CLASS_NAME("Connection", connection_class),
    CLASS_NAME("CursorResult", result_class),
    CLASS_NAME("Dialect", dialect_class),
    CLASS_NAME("Engine", engine_class),
    CLASS_NAME("Inspector", inspector_class),
    CLASS_NAME("MappingResult", mapping_result_class),
    CLASS_NAME("NestedTransaction", transaction_class),
    CLASS_NAME("Result", result_class),
    CLASS_NAME("ResultProxy", result_class),
    CLASS_NAME("RootTransaction", transaction_class),
    CLASS_NAME("Row", row_class),
    CLASS_NAME("RowMapping", row_mapping_class),
    CLASS_NAME("ScalarResult", scalar_result_class),
    CLASS_NAME("Transaction", transaction_class),
    CLASS_NAME("URL", url_class),
    ROW_NAME("create_engine", create_engine_row),
    ROW_NAME("engine_from_config", engine_from_config_row),
    ROW_NAME("inspect", inspect_row),
    ROW_NAME("make_directory", make_directory_row),
    ROW_NAME("make_url", make_url_row),
    FROM_NAME("ObjectKind", "sqlalchemy._kinds"),
    FROM_NAME("ObjectScope", "sqlalchemy._kinds"),
    FROM_NAME("create_mock_engine", "sqlalchemy._mock"),
    FROM_NAME("AssertionPool", "sqlalchemy.pool"),
    FROM_NAME("AsyncAdaptedQueuePool", "sqlalchemy.pool"),
    FROM_NAME("FallbackAsyncAdaptedQueuePool", "sqlalchemy.pool"),
    FROM_NAME("NullPool", "sqlalchemy.pool"),
    FROM_NAME("Pool", "sqlalchemy.pool"),
    FROM_NAME("QueuePool", "sqlalchemy.pool"),
    FROM_NAME("SingletonThreadPool", "sqlalchemy.pool"),
    FROM_NAME("StaticPool", "sqlalchemy.pool"),
    FROM_NAME("conv", "sqlalchemy.sql.elements"),
    FROM_NAME("quoted_name", "sqlalchemy.sql.elements"),
    MAKE_NAME("func", func_make),
    MAKE_NAME("NULLTYPE", null_type_make),
    MAKE_NAME("__version__", version_make),
    TYPE_NAME("INT", SQL_INTEGER),
};

/* Of sqlalchemy and all its submodules: known to SQLAlchemy 2.0, not served. */
static const char sa_refused[] =
    "AdaptedConnection AliasedReturnsRows BLANK_SCHEMA BOOLEANTYPE BindTyping "
    "COLLECT_CARTESIAN_PRODUCTS CacheKey ChunkedIteratorResult ClauseVisitor "
    "CollectionAggregate ColumnCollection ColumnCollectionMixin ColumnDefault Compiled "
    "Concatenable Connectable ConnectionEventsTarget CreateColumn CreateEnginePlugin "
    "DATETIME_TIMEZONE DefaultGenerator DropConstraintComment Emulated ExceptionContext "
    "ExecutionContext ExpressionClauseList "
    "ExternalType Extract FROM_LINTING FilterResult Flag FromGrouping FrozenResult "
    "FunctionFilter GenerativeSelect Grouping HasCTE HasCacheKey HasConditionalDDL "
    "HasExpressionLookup HasPrefixes HasSuffixes INDEXABLE INTEGERTYPE Indexable "
    "InternalTraversal InvokeDDLBase IteratorResult LABEL_STYLE_DEFAULT "
    "LABEL_STYLE_DISAMBIGUATE_ONLY LABEL_STYLE_NONE LABEL_STYLE_TABLENAME_PLUS_COL "
    "LambdaElement Lateral MATCHTYPE MatchType MergedResult NO_ARG NO_LINTING "
    "NUMERICTYPE NativeForEmulated NotNullable Nullable "
    "OrderedDict Over PoolProxiedConnection PoolResetState ReflectionDefaults "
    "ReleaseSavepointClause ReturnsRows RollbackToSavepointClause STRINGTYPE "
    "SavepointClause ScalarValues SchemaConst SchemaEventTarget SchemaItem SchemaType "
    "SchemaVisitable SchemaVisitor SelectLabelStyle "
    "SetConstraintComment Slice StatementLambdaElement TABLEVALUE "
    "TIME_TIMEZONE TableSample TableValueType TableValuedAlias TextAsFrom  "
    "TryCast Tuple TupleResult TwoPhaseTransaction TypeClause TypeCoerce TypeCompiler "
    "TypeEngineMixin Values ValuesBase Visitable WARN_LINTING WithinGroup adapt_type "
    "auto cache connection_memoize create_pool_from_url custom_op "
    "dataclass flexi_cache  insert_sentinel is_literal is_pep695 lambda_stmt "
    " modifier outparam parse_qsl plugins quote quote_plus registry result_tuple "
    "sort_tables sort_tables_and_constraints  to_instance unique unquote "
    " warn_deprecated ";

static const BindName postgresql_names[] = {
    RECORD_NAME("ExcludeConstraint", exclude_record),
    FROM_NAME("Range", "sqlalchemy._ranges"),
    MAKE_NAME("dialect", postgresql_dialect_make),
    RECORD_NAME("Insert", insert_record),
    MAKER_NAME("insert", postgresql_insert_row),
    MAKER_NAME("array", array_row),
    RECORD_NAME("CreateEnumType", create_type_def.record),
    RECORD_NAME("DropEnumType", drop_type_def.record),
    RECORD_NAME("CreateDomainType", create_type_def.record),
    RECORD_NAME("DropDomainType", drop_type_def.record),
};

static const BindName mysql_names[] = {
    MAKE_NAME("dialect", mysql_dialect_make),
    RECORD_NAME("Insert", insert_record),
    MAKER_NAME("insert", mysql_insert_row),
};

static const BindName sqlite_names[] = {
    MAKE_NAME("dialect", sqlite_dialect_make),
    RECORD_NAME("Insert", insert_record),
    MAKER_NAME("insert", sqlite_insert_row),
};

/* Names only: scripts hand them to with_variant(), for databases that are not served. */
static const BindName mssql_names[] = {
    MAKE_NAME("dialect", mssql_dialect_make), TYPE_NAME("BIT", BOOLEAN),
    TYPE_NAME("DATETIME2", SQL_DATETIME),     TYPE_NAME("DATETIMEOFFSET", SQL_TIMESTAMP),
    TYPE_NAME("IMAGE", LARGE_BINARY),         TYPE_NAME("MONEY", SQL_NUMERIC),
    TYPE_NAME("NTEXT", UNICODE_TEXT),         TYPE_NAME("ROWVERSION", SQL_BINARY),
    TYPE_NAME("SMALLDATETIME", SQL_DATETIME), TYPE_NAME("SMALLMONEY", SQL_NUMERIC),
    TYPE_NAME("SQL_VARIANT", NULL),           TYPE_NAME("TINYINT", SQL_SMALLINT),
    TYPE_NAME("UNIQUEIDENTIFIER", SQL_UUID),  TYPE_NAME("XML", SQL_TEXT),
};

static const BindName oracle_names[] = {
    MAKE_NAME("dialect", oracle_dialect_make),
    TYPE_NAME("BFILE", LARGE_BINARY),
    TYPE_NAME("BINARY_DOUBLE", SQL_DOUBLE),
    TYPE_NAME("BINARY_FLOAT", SQL_FLOAT),
    TYPE_NAME("INTERVAL", INTERVAL),
    TYPE_NAME("LONG", SQL_TEXT),
    TYPE_NAME("NCLOB", SQL_TEXT),
    TYPE_NAME("NUMBER", SQL_NUMERIC),
    TYPE_NAME("NVARCHAR2", SQL_NVARCHAR),
    TYPE_NAME("RAW", SQL_BINARY),
    TYPE_NAME("ROWID", SQL_VARCHAR),
    TYPE_NAME("VARCHAR2", SQL_VARCHAR),
};

static const BindName compiler_names[] = {
    ROW_NAME("compiles", compiles_row),
    ROW_NAME("deregister", deregister_row),
    CLASS_NAME("_Compiler", compiler_class),
    CLASS_NAME("_Compiled", compiled_class),
};

/* "now": what func.now is, and the class of it. */
static bool functions_lookup(Vm *vm, Str name, Value *v)
{
    Value func;
    if (str_starts(name, STR("_")))
        return true;
    return func_make(vm, &func) && vm_getattr(vm, func, str_cstr(bind_arena(vm), name), v);
}

/* text(), and_(), select(): the same for all modules. */
static const NativeRow *const sa_functions[] = { expr_functions, query_functions, dml_functions,
                                                 from_functions, NULL };

#define SA_PART(text)                      \
    {                                      \
        .name = text, .also = "sqlalchemy" \
    }

const BindModule sa_modules[] = {
    { .name = "sqlalchemy",
      NAMES(sa_names),
      .types = 1 + TYPE_MODULE_SA,
      .refused = sa_refused,
      .functions = sa_functions },
    SA_PART("sqlalchemy.types"),
    SA_PART("sqlalchemy.schema"),
    SA_PART("sqlalchemy.sql"),
    SA_PART("sqlalchemy.sql.expression"),
    SA_PART("sqlalchemy.sql.schema"),
    SA_PART("sqlalchemy.sql.sqltypes"),
    SA_PART("sqlalchemy.sql.type_api"),
    SA_PART("sqlalchemy.sql.selectable"),
    SA_PART("sqlalchemy.sql.dml"),
    SA_PART("sqlalchemy.sql.ddl"),
    SA_PART("sqlalchemy.sql.base"),
    SA_PART("sqlalchemy.sql.operators"),
    SA_PART("sqlalchemy.sql.compiler"),
    SA_PART("sqlalchemy.sql.naming"),
    { .name = "sqlalchemy.sql.functions", .also = "sqlalchemy", .lookup = functions_lookup },
    SA_PART("sqlalchemy.engine"),
    SA_PART("sqlalchemy.engine.base"),
    SA_PART("sqlalchemy.engine.cursor"),
    SA_PART("sqlalchemy.engine.create"),
    SA_PART("sqlalchemy.engine.default"),
    SA_PART("sqlalchemy.engine.interfaces"),
    SA_PART("sqlalchemy.engine.mock"),
    SA_PART("sqlalchemy.engine.reflection"),
    SA_PART("sqlalchemy.engine.result"),
    SA_PART("sqlalchemy.engine.row"),
    SA_PART("sqlalchemy.engine.url"),
    SA_PART("sqlalchemy.inspection"),
    { .name = "sqlalchemy._dbapi", .lookup = dbapi_lookup },
    { .name = "sqlalchemy.orm._native", .lookup = orm_lookup },
    { .name = "sqlalchemy.ext" },
    { .name = "sqlalchemy.ext.compiler", NAMES(compiler_names) },
    { .name = "sqlalchemy.dialects" },
    { .name = "sqlalchemy.dialects.postgresql",
      NAMES(postgresql_names),
      .types = 1 + TYPE_MODULE_POSTGRESQL,
      .also = "sqlalchemy",
      .refused = "All Any MultiRange NamedType array_agg hstore" },
    { .name = "sqlalchemy.dialects.postgresql.base", .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.postgresql.dml", .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.postgresql.ext", .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.postgresql.hstore", .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.postgresql.json", .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.postgresql.named_types",
      .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.postgresql.psycopg2", .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.postgresql.asyncpg", .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.postgresql.ranges", .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.postgresql.types", .also = "sqlalchemy.dialects.postgresql" },
    { .name = "sqlalchemy.dialects.mysql",
      NAMES(mysql_names),
      .types = 1 + TYPE_MODULE_MYSQL,
      .also = "sqlalchemy.dialects.mariadb",
      .refused = "match" },
    { .name = "sqlalchemy.dialects.mariadb",
      .types = 1 + TYPE_MODULE_MARIADB,
      .also = "sqlalchemy" },
    { .name = "sqlalchemy.dialects.mysql.base", .also = "sqlalchemy.dialects.mysql" },
    { .name = "sqlalchemy.dialects.mysql.dml", .also = "sqlalchemy.dialects.mysql" },
    { .name = "sqlalchemy.dialects.mysql.enumerated", .also = "sqlalchemy.dialects.mysql" },
    { .name = "sqlalchemy.dialects.mysql.json", .also = "sqlalchemy.dialects.mysql" },
    { .name = "sqlalchemy.dialects.mysql.types", .also = "sqlalchemy.dialects.mysql" },
    { .name = "sqlalchemy.dialects.sqlite",
      NAMES(sqlite_names),
      .types = 1 + TYPE_MODULE_SQLITE,
      .also = "sqlalchemy" },
    { .name = "sqlalchemy.dialects.sqlite.base", .also = "sqlalchemy.dialects.sqlite" },
    { .name = "sqlalchemy.dialects.sqlite.dml", .also = "sqlalchemy.dialects.sqlite" },
    { .name = "sqlalchemy.dialects.sqlite.json", .also = "sqlalchemy.dialects.sqlite" },
    { .name = "sqlalchemy.dialects.mssql",
      NAMES(mssql_names),
      .also = "sqlalchemy",
      .refused = "JSON TIMESTAMP" },
    { .name = "sqlalchemy.dialects.oracle",
      NAMES(oracle_names),
      .also = "sqlalchemy",
      .refused = "SparseVector VECTOR VectorDistanceType VectorIndexConfig VectorIndexType "
                 "VectorStorageFormat VectorStorageType" },
};
const size_t sa_module_count = sizeof sa_modules / sizeof *sa_modules;
