/* SPDX-License-Identifier: MIT */
#include "cli/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* 0 where it is no terminal. */
static size_t terminal_columns(int file)
{
    struct winsize size;
    return isatty(file) && ioctl(file, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

Printer printer_make(Arena *arena, const Redactor *redactor)
{
    const char *no_colour = getenv("NO_COLOR");
    bool terminal = isatty(STDERR_FILENO);
    return (Printer){ .arena = arena,
                      .width = terminal_columns(STDIN_FILENO),
                      .redactor = redactor,
                      .progress = terminal,
                      .colour = terminal && !(no_colour && *no_colour) };
}

static void put(FILE *stream, Str text)
{
    fwrite(text.ptr, 1, text.len, stream);
}

/* Two blanks in front, and lines no longer than the terminal. */
static void put_message(const Printer *printer, Str text)
{
    if (!printer->width) {
        put(stdout, text);
        return;
    }
    size_t used = 0, room = printer->width > 12 ? printer->width - 2 : 10;
    fputs("  ", stdout);
    for (Str word; str_split_next(&text, ' ', &word);) {
        size_t length = utf8_count(word);
        if (used && used + 1 + length > room) {
            fputs("\n  ", stdout);
            used = 0;
        }
        if (used)
            putchar(' ');
        put(stdout, word);
        used += length + (used > 0);
    }
}

static void put_revision(Printer *printer, const Result *result)
{
    Buf buf = { 0 };
    if (result->verbose)
        revision_entry(&buf, result->revision, result->is_current);
    else
        revision_line(&buf, result->revision, result->line);
    buf_putc(&buf, '\n');
    put(stdout, buf_str(&buf));
    buf_free(&buf);
}

void printer_use_json(Printer *printer)
{
    printer->json = json_root(printer->arena);
    printer->results = json_put_list(printer->json, "results");
}

void printer_end(Printer *printer)
{
    if (printer->json && !printer->quiet)
        put(stdout, json_render(printer->arena, printer->json));
}

static void json_names(Json *object, const char *key, const StrVec *names)
{
    Json *list = json_put_list(object, key);
    VEC_EACH (const Str, name, names)
        json_append_text(list, *name);
}

static void json_revision(Json *object, const Revision *rev, bool current)
{
    json_put_text(object, "revision", rev->id);
    json_names(object, "down_revision", &rev->down_ids);
    json_names(object, "depends_on", &rev->depends_ids);
    json_names(object, "branch_labels", &rev->labels);
    json_put_bool(object, "is_head", revision_is_head(rev));
    json_put_bool(object, "is_branch_point", revision_is_branch_point(rev));
    json_put_bool(object, "is_merge_point", revision_is_merge_point(rev));
    json_put_bool(object, "is_current", current);
    json_put_text(object, "path", rev->path);
    json_put_text(object, "doc", rev->doc);
}

static void json_result(Printer *printer, const Result *result)
{
    Json *object = json_append_object(printer->results);
    if (result->kind == RESULT_REVISION) {
        json_revision(object, result->revision, result->is_current);
        return;
    }
    json_put_text(object, "text", redactor_apply(printer->redactor, printer->arena, result->text));
    if (result->kind == RESULT_STATUS)
        json_put_bool(object, "ok", result->ok);
}

void printer_result(void *context, const Result *result)
{
    Printer *printer = context;
    if (printer->quiet)
        return;
    if (printer->json) {
        json_result(printer, result);
        return;
    }
    switch (result->kind) {
    case RESULT_TEXT:
        put(stdout, redactor_apply(printer->redactor, printer->arena, result->text));
        putchar('\n');
        return;
    case RESULT_MESSAGE:
        put_message(printer, result->text);
        putchar('\n');
        return;
    case RESULT_STATUS:
        put_message(printer, str_concat(printer->arena, result->text, STR(" ...")));
        puts(result->ok ? "  done" : "  FAILED");
        return;
    case RESULT_REVISION:
        put_revision(printer, result);
        return;
    }
}

void printer_output(void *context, Str sql)
{
    (void)context;
    put(stdout, sql);
}

/* Takes back what printer_progress wrote. */
static void progress_erase(Printer *printer)
{
    for (size_t i = 0; i < printer->shown; i++)
        fputs("\b \b", stderr);
    printer->shown = 0;
}

void printer_progress(void *context, const RunProgress *far)
{
    Printer *printer = context;
    char text[96];
    if (!printer->pending)
        return;
    int length =
        snprintf(text, sizeof text, " %llu statements, %llu rows, %.0f s",
                 (unsigned long long)far->statements, (unsigned long long)far->rows, far->seconds);
    if (length <= 0 || printer->line + (size_t)length >= printer->space)
        return;
    progress_erase(printer);
    fputs(text, stderr);
    fflush(stderr);
    printer->shown = (size_t)length;
}

void printer_finish(Printer *printer, bool ok)
{
    if (!printer->pending)
        return;
    progress_erase(printer);
    printer->pending = false;
    double seconds = seconds_now() - printer->since;
    fprintf(stderr, " %s(%s%.2f s)%s\n", printer->colour ? (ok ? "\033[2m" : "\033[31m") : "",
            ok ? "" : "failed after ", seconds, printer->colour ? "\033[0m" : "");
}

void printer_log(void *context, LogTarget target, Str text)
{
    Printer *printer = context;
    if (target == LOG_TO_STDOUT) {
        put(stdout, text);
        fflush(stdout);
        return;
    }
    printer_finish(printer, true);
    fflush(stdout);
    text = redactor_apply(printer->redactor, printer->arena, text);
    bool running = str_find(text, STR("] Running "), 0) >= 0 && text.len;
    if (printer->progress && running) {
        text.len--;
        printer->pending = true;
        printer->since = seconds_now();
        printer->line = utf8_count(text);
        printer->space = terminal_columns(STDERR_FILENO);
    }
    put(stderr, text);
    fflush(stderr);
}

static Str place_text(Arena *arena, Loc loc)
{
    if (!str_given(loc.file))
        return STR("");
    if (!loc.line)
        return loc.file;
    return str_format(arena, "%.*s:%u", STR_ARG(loc.file), loc.line);
}

/* The text, its remedy and its place, on one line. */
static Str whole_text(Printer *printer, const Error *err)
{
    Buf buf = buf_in(printer->arena);
    Str place = place_text(printer->arena, err->loc);
    buf_put(&buf, err->text);
    if (place.len && str_find(err->text, err->loc.file, 0) < 0)
        buf_printf(&buf, " (%.*s)", STR_ARG(place));
    if (err->remedy.len)
        buf_printf(&buf, "%s %.*s", str_ends(err->text, STR(".")) ? "" : ";", STR_ARG(err->remedy));
    return redactor_apply(printer->redactor, printer->arena, buf_str(&buf));
}

static void put_failed(Printer *printer, LogTree *log, const Error *err)
{
    Str text = whole_text(printer, err);
    log_put(log, "alembic.util.messaging", LOG_ERROR, "%.*s", STR_ARG(text));
    if (printer->quiet || printer->json)
        return;
    FILE *stream = printer->as_sql ? stderr : stdout;
    if (printer->as_sql) {
        fprintf(stream, "FAILED: %.*s\n", STR_ARG(text));
        return;
    }
    put_message(printer, str_concat(printer->arena, STR("FAILED: "), text));
    putchar('\n');
}

/* Control characters of a file or of a server are shown, not sent to the terminal. */
static Str visible(Arena *arena, Str text)
{
    Buf out = buf_in(arena);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            buf_printf(&out, "\\x%02x", c);
        else
            buf_putc(&out, text.ptr[i]);
    }
    return buf_str(&out);
}

static void put_line(Printer *printer, const char *label, Str text)
{
    if (!text.len)
        return;
    text = redactor_apply(printer->redactor, printer->arena, text);
    text = visible(printer->arena, str_trim_right(text));
    fprintf(stderr, "%s%.*s\n", label, STR_ARG(text));
}

/* The line of the statement that holds the position, and a mark below it. */
static void put_position(Printer *printer, const Error *err)
{
    size_t position = err->sql_position, number = 0;
    Str rest = err->sql, line;
    if (position == 0)
        return;
    for (; str_line_next(&rest, &line); position -= utf8_count(line) + 1) {
        number++;
        if (position > utf8_count(line) + 1)
            continue;
        Buf mark = buf_in(printer->arena);
        Str head = str_format(printer->arena, "  LINE %zu: ", number);
        buf_put_repeat(&mark, ' ', head.len);
        for (size_t at = 0, i = 1; i < position; i++)
            buf_putc(&mark, at < line.len && utf8_next(line, &at) == '\t' ? '\t' : ' ');
        buf_putc(&mark, '^');
        put_line(printer, head.ptr, line);
        put_line(printer, "", buf_str(&mark));
        return;
    }
}

static void put_statement(Printer *printer, const Error *err)
{
    /* psycopg2's words end in the line and the mark, asyncpg's do not. */
    bool said = str_find(err->traceback, STR("[SQL: "), 0) >= 0;
    if (!said)
        put_line(printer, "  SQL: ", err->sql);
    if (!said || str_find(err->traceback, STR("\nLINE "), 0) < 0)
        put_position(printer, err);
}

/* What the traceback does not say already. */
static void put_detail(Printer *printer, const Error *err)
{
    Str rest = err->detail;
    for (Str line; str_line_next(&rest, &line);) {
        ptrdiff_t colon = str_find(line, STR(": "), 0);
        Str words = colon < 0 ? line : str_from_offset(line, (size_t)colon + 2);
        if (str_find(err->traceback, words, 0) < 0)
            put_line(printer, "  ", line);
    }
}

/* An exception of a script, or a statement that a database refused. */
static void put_exception(Printer *printer, const Error *err)
{
    Str place = place_text(printer->arena, err->loc), said = err->traceback;
    if (said.len) {
        put_line(printer, "", said);
        if (place.len && str_find(said, err->loc.file, 0) < 0)
            put_line(printer, "  in ", place);
    } else if (place.len) {
        put_line(printer, "",
                 str_format(printer->arena, "%.*s: %.*s", STR_ARG(place), STR_ARG(err->text)));
    } else {
        put_line(printer, "limbeck: error: ", err->text);
    }
    bool of_script = err->code == ERR_SCRIPT || err->code == ERR_SYNTAX;
    if (!of_script)
        put_detail(printer, err);
    put_statement(printer, err);
    put_line(printer, err->sqlstate.len == 5 ? "  SQLSTATE: " : "  error number: ", err->sqlstate);
    put_line(printer, "  ", err->remedy);
    if (err->rolled_back)
        fputs("  the revision's transaction was rolled back\n", stderr);
}

static void json_error(Printer *printer, const Error *err)
{
    Json *object = json_put_object(printer->json, "error");
    json_put_text(object, "text", redactor_apply(printer->redactor, printer->arena, err->text));
    json_put_text(object, "remedy", err->remedy.len ? err->remedy : STR_NONE);
    json_put_text(object, "file", err->loc.file.len ? err->loc.file : STR_NONE);
    json_put_int(object, "line", err->loc.line);
    json_put_text(object, "sql", err->sql.len ? err->sql : STR_NONE);
    json_put_int(object, "exit_status", error_exit_status(err));
}

void printer_error(Printer *printer, LogTree *log, const Error *err)
{
    printer_finish(printer, false);
    if (printer->json)
        json_error(printer, err);
    if (error_exit_status(err) == 255)
        put_failed(printer, log, err);
    else
        put_exception(printer, err);
    fflush(stdout);
}
