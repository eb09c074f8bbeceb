/* SPDX-License-Identifier: MIT */
/*
 * Answers what a comparison of schemas asks a server: how it would write an expression.
 *
 *     options.ask = ask_server;
 *     options.ask_context = conn;
 */
#ifndef LIMBECK_MIGRATE_ASK_H
#define LIMBECK_MIGRATE_ASK_H

#include "diff/diff.h"

/*
 * Asks all in one round trip. The server reads each expression over a temporary copy of the table's
 * columns, which is taken back at once: nothing is left behind, also where a transaction is open.
 * Without the right to make temporary tables every question is refused. `conn` is a Conn;
 * PostgreSQL only, elsewhere nothing is answered.
 */
bool ask_server(void *conn, QuestionVec *questions, Error *err);

#endif
