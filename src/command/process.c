/* SPDX-License-Identifier: MIT */
#include "command/process.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

extern char **environ;

typedef struct Splitter {
    Str text;
    size_t at;
    Buf word;
    bool open; /* a word has begun */
} Splitter;

/* Takes what is between quotes; false when the end is missing. */
static bool take_quoted(Splitter *s, char quote)
{
    for (; s->at < s->text.len; s->at++) {
        char c = s->text.ptr[s->at];
        if (c == quote) {
            s->at++;
            return true;
        }
        bool escapes = c == '\\' && quote == '"' && s->at + 1 < s->text.len &&
                       strchr("\"\\", s->text.ptr[s->at + 1]);
        if (escapes)
            s->at++;
        buf_putc(&s->word, s->text.ptr[s->at]);
    }
    return false;
}

static void end_word(Arena *arena, Splitter *s, StrVec *words)
{
    if (s->open)
        VEC_PUSH(arena, words, str_dup(arena, buf_str(&s->word)));
    s->open = false;
    buf_clear(&s->word);
}

bool process_split(Arena *arena, Str text, StrVec *words, Error *err)
{
    Splitter s = { .text = text, .word = buf_in(arena) };
    while (s.at < text.len) {
        char c = text.ptr[s.at++];
        if (char_is_space(c)) {
            end_word(arena, &s, words);
            continue;
        }
        s.open = true;
        if (c == '\'' || c == '"') {
            if (!take_quoted(&s, c))
                return fail(err, ERR_COMMAND, "no closing quotation in '%.*s'", STR_ARG(text));
        } else if (c == '\\' && s.at < text.len) {
            buf_putc(&s.word, text.ptr[s.at++]);
        } else {
            buf_putc(&s.word, c);
        }
    }
    end_word(arena, &s, words);
    return true;
}

static int wait_for(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return 127;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool process_run(Arena *arena, const StrVec *words, Str folder, int *status, Error *err)
{
    char **argv = ARENA_ARRAY(arena, char *, words->len + 1);
    for (size_t i = 0; i < words->len; i++) {
        Str copy = str_dup(arena, words->items[i]);
        argv[i] = arena_copy(arena, copy.ptr, copy.len + 1);
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (str_given(folder))
        posix_spawn_file_actions_addchdir_np(&actions, str_cstr(arena, folder));
    fflush(NULL);
    pid_t pid;
    int error = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error)
        return fail(err, ERR_COMMAND, "cannot run '%s': %s", argv[0], strerror(error));
    *status = wait_for(pid);
    return true;
}
