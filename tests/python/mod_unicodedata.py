# SPDX-License-Identifier: MIT
import unicodedata

print(unicodedata.normalize("NFC","e\u0301"), unicodedata.category("a"), unicodedata.normalize("NFKD","ﬁ"))
