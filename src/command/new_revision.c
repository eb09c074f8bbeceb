/* SPDX-License-Identifier: MIT */
#include "command/new_revision.h"

#include <sys/random.h>

#include "base/file.h"
#include "command/file_name.h"
#include "command/hooks.h"
#include "script/template.h"

/* All that a new file comes from. */
typedef struct Draft {
    Session *session;
    Arena *arena;
    const NewRevision *wanted;
    Str id;
    RevisionVec heads;
    StrVec depends_on; /* ids, and labels as they were given */
    Str folder;
    ClockTime date;
    Str template_path, template_text;
    const char *extension;
    Str path;
} Draft;

/* The last 12 digits of a random (version 4) UUID. */
bool new_revision_id(Arena *arena, Str *id, Error *err)
{
    unsigned char bytes[6];
    if (id->len)
        return true;
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        return fail(err, ERR_COMMAND, "the system gives no random bytes for a revision id");
    Buf buf = buf_in(arena);
    for (size_t i = 0; i < sizeof bytes; i++)
        buf_printf(&buf, "%02x", bytes[i]);
    *id = buf_str(&buf);
    return true;
}

/* Checked before anything is written. */
static bool check_id(Draft *draft, Error *err)
{
    draft->id = draft->wanted->id;
    if (!new_revision_id(draft->arena, &draft->id, err) || !revision_id_check(draft->id, err))
        return false;
    const Revision *taken = graph_get(draft->session->graph, draft->id);
    return !taken || fail(err, ERR_COMMAND, "Revision %.*s is present already: '%.*s'",
                          STR_ARG(draft->id), STR_ARG(taken->path));
}

static bool check_label(const Draft *draft, Error *err)
{
    Str label = draft->wanted->branch_label;
    const Revision *taken = label.len ? graph_get(draft->session->graph, label) : NULL;
    return !taken || fail(err, ERR_COMMAND,
                          "Branch name '%.*s' in revision %.*s already used by revision %.*s",
                          STR_ARG(label), STR_ARG(draft->id), STR_ARG(taken->id));
}

static bool find_heads(Draft *draft, Error *err)
{
    Graph *graph = draft->session->graph;
    graph->heads_text = "Multiple heads are present; please specify the head revision on which the "
                        "new revision should be based, or perform a merge.";
    StrVec head = { 0 };
    VEC_PUSH(draft->arena, &head, STR("head"));
    const StrVec *targets = draft->wanted->heads.len ? &draft->wanted->heads : &head;
    bool ok = resolve_list(graph, targets, &draft->heads, err);
    graph->heads_text = NULL;
    if (!ok)
        return false;
    for (size_t i = 0; i < draft->heads.len; i++)
        for (size_t j = 0; j < i; j++)
            if (draft->heads.items[i] == draft->heads.items[j])
                return fail(err, ERR_COMMAND, "Duplicate head revisions specified");
    return true;
}

static bool check_splice(const Draft *draft, Error *err)
{
    VEC_EACH (Revision *, head, &draft->heads) {
        if (!draft->wanted->splice && !revision_is_head(*head))
            return fail(err, ERR_COMMAND,
                        "Revision %.*s is not a head revision; please specify --splice to create a "
                        "new branch from this revision",
                        STR_ARG((*head)->id));
    }
    return true;
}

/* Labels stay labels; beginnings of ids are written out. */
static bool find_dependencies(Draft *draft, Error *err)
{
    VEC_EACH (const Str, text, &draft->wanted->depends_on) {
        Revision *rev;
        if (!resolve_one(draft->session->graph, *text, &rev, err))
            return false;
        if (!rev)
            return fail(err, ERR_COMMAND, "--depends-on %.*s names no revision", STR_ARG(*text));
        bool label = strvec_find(&rev->labels, *text) >= 0;
        VEC_PUSH(draft->arena, &draft->depends_on, label ? *text : rev->id);
    }
    return true;
}

static bool check_folder(Draft *draft, Str given, Error *err)
{
    Str wanted = path_absolute(draft->arena, given);
    VEC_EACH (Str, location, &draft->session->dir.version_locations) {
        if (!str_eq(path_absolute(draft->arena, *location), wanted))
            continue;
        draft->folder = wanted;
        return true;
    }
    return fail(err, ERR_COMMAND, "Path %.*s is not represented in current version locations",
                STR_ARG(given));
}

static bool find_folder(Draft *draft, Error *err)
{
    const ScriptDirectory *dir = &draft->session->dir;
    if (str_given(draft->wanted->version_path))
        return check_folder(draft, draft->wanted->version_path, err);
    if (dir->version_locations.len > 1) {
        if (!draft->heads.len)
            return fail(err, ERR_COMMAND,
                        "Multiple version locations present, please specify --version-path");
        draft->folder = path_dirname(draft->heads.items[0]->path);
        return true;
    }
    draft->folder = path_absolute(draft->arena, dir->version_locations.items[0]);
    return true;
}

static bool find_template(Draft *draft, Error *err)
{
    Str location = draft->session->dir.location;
    Str python = path_join(draft->arena, location, STR("script.py.mako"));
    Str sql = path_join(draft->arena, location, STR("script.sql.mako"));
    bool is_sql = !file_exists(python) && file_exists(sql);
    draft->template_path = is_sql ? sql : python;
    draft->extension = is_sql ? "sql" : "py";
    return file_read(draft->arena, draft->template_path, &draft->template_text, err);
}

static bool find_path(Draft *draft, Error *err)
{
    Str name;
    const Config *config = draft->session->dir.config;
    if (!clock_now(config, &draft->date, err) ||
        !file_name_make(config, draft->id, draft->wanted->message, &draft->date, &name, err))
        return false;
    name = str_format(draft->arena, "%.*s.%s", STR_ARG(name), draft->extension);
    draft->path = path_join(draft->arena, draft->folder, name);
    return !file_exists(draft->path) ||
           fail(err, ERR_COMMAND, "the file '%.*s' exists already", STR_ARG(draft->path));
}

static Datum list_datum(Arena *arena, const StrVec *texts)
{
    Datum datum = { .kind = DATUM_LIST };
    datum.list.items = ARENA_ARRAY(arena, Datum, texts->len);
    datum.list.len = texts->len;
    for (size_t i = 0; i < texts->len; i++)
        datum.list.items[i] = datum_str(texts->items[i]);
    return datum;
}

/* None, the one text, or all. */
static Datum names_datum(Arena *arena, const StrVec *texts)
{
    if (texts->len == 0)
        return (Datum){ .kind = DATUM_NONE };
    return texts->len == 1 ? datum_str(texts->items[0]) : list_datum(arena, texts);
}

static void put_value(Draft *draft, Map *values, const char *name, Datum datum)
{
    map_set(values, str_from(name), arena_copy(draft->arena, &datum, sizeof datum));
}

static Map template_values(Draft *draft)
{
    Map values = map_in(draft->arena);
    StrVec downs = { 0 }, labels = { 0 };
    VEC_EACH (Revision *, head, &draft->heads)
        VEC_PUSH(draft->arena, &downs, (*head)->id);
    if (draft->wanted->branch_label.len)
        VEC_PUSH(draft->arena, &labels, draft->wanted->branch_label);
    Str message = draft->wanted->message;
    put_value(draft, &values, "up_revision", datum_str(draft->id));
    put_value(draft, &values, "down_revision", names_datum(draft->arena, &downs));
    put_value(draft, &values, "branch_labels",
              labels.len ? list_datum(draft->arena, &labels) : (Datum){ .kind = DATUM_NONE });
    put_value(draft, &values, "depends_on", names_datum(draft->arena, &draft->depends_on));
    put_value(draft, &values, "create_date",
              (Datum){ .kind = DATUM_DATETIME, .text = clock_text(draft->arena, &draft->date) });
    put_value(draft, &values, "message",
              datum_str(str_given(message) ? message : STR("empty message")));
    put_value(draft, &values, "imports", (Datum){ .kind = DATUM_NONE });
    bool is_sql = str_is(str_from(draft->extension), "sql");
    Str body = is_sql ? STR("") : STR("pass");
    put_value(draft, &values, "upgrades", datum_str(body));
    put_value(draft, &values, "downgrades", datum_str(body));
    const Map *made = draft->wanted->values;
    for (size_t i = 0; made && !is_sql && i < made->len; i++)
        map_set(&values, made->entries[i].key, made->entries[i].value);
    return values;
}

static bool make_folder(Draft *draft, Str folder, Error *err)
{
    if (file_exists(folder))
        return true;
    bool ok = dir_make(folder, err);
    result_status(draft->session->run, ok, "Creating directory %.*s", STR_ARG(folder));
    return ok;
}

static bool write_file(Draft *draft, Error *err)
{
    Map values = template_values(draft);
    Str text;
    if (!template_render(session_script(draft->session), draft->template_text, draft->template_path,
                         &values, &text, err) ||
        !make_folder(draft, path_dirname(draft->path), err))
        return false;
    bool ok = file_create(draft->path, text, err);
    result_status(draft->session->run, ok, "Generating %.*s", STR_ARG(draft->path));
    return ok;
}

/* What was written must declare what was asked for. */
static bool check_written(Draft *draft, Error *err)
{
    Declaration d;
    bool found;
    if (!source_read(&draft->session->dir, draft->arena, draft->path, &d, &found, err))
        return false;
    if (!draft->wanted->branch_label.len || !found || d.labels.len)
        return true;
    return fail(
        err, ERR_COMMAND,
        "Version %.*s specified branch_labels %.*s, however the migration file %.*s does not "
        "have them; have you upgraded your script.py.mako to include the 'branch_labels' "
        "section?",
        STR_ARG(draft->id), STR_ARG(draft->wanted->branch_label), STR_ARG(draft->path));
}

bool new_revision_write(Session *session, const NewRevision *wanted, Error *err)
{
    Draft draft = { .session = session, .arena = session->run->arena, .wanted = wanted };
    return session_graph(session, err) && check_id(&draft, err) && find_heads(&draft, err) &&
           check_label(&draft, err) && find_folder(&draft, err) && check_splice(&draft, err) &&
           find_dependencies(&draft, err) && find_template(&draft, err) && find_path(&draft, err) &&
           write_file(&draft, err) && hooks_run(session->run, draft.path, err) &&
           check_written(&draft, err);
}
