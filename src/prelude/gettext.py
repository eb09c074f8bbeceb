# SPDX-License-Identifier: MIT
"""Messages stay as they are written."""


def gettext(message):
    return message


def ngettext(singular, plural, n):
    return singular if n == 1 else plural


def pgettext(context, message):
    return message


def dgettext(domain, message):
    return message


def bindtextdomain(domain, localedir=None):
    return localedir


def textdomain(domain=None):
    return domain or "messages"


class NullTranslations:
    def gettext(self, message):
        return message

    def ngettext(self, singular, plural, n):
        return ngettext(singular, plural, n)

    def install(self, names=None):
        pass


def translation(domain, localedir=None, languages=None, class_=None, fallback=False):
    if not fallback:
        raise FileNotFoundError(2, "No translation file found for domain", domain)
    return NullTranslations()
