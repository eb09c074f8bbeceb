/* SPDX-License-Identifier: MIT */
/* liblimbeck: what a program that links the library sees. */
#ifndef LIMBECK_H
#define LIMBECK_H

/* The library's version, "MAJOR.MINOR.PATCH". Static text. */
const char *limbeck_version(void);

#endif
