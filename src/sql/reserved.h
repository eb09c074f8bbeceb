/* SPDX-License-Identifier: MIT */
/* Words that MySQL and MariaDB want quoted: sorted, lower case. */
#ifndef LIMBECK_SQL_RESERVED_H
#define LIMBECK_SQL_RESERVED_H

extern const char *const mysql_reserved[278];
extern const char *const mariadb_reserved[263];

#endif
