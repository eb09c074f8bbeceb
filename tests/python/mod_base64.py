# SPDX-License-Identifier: MIT
import base64
import binascii

print(base64.b64encode(b"hello world?>"), base64.urlsafe_b64encode(b"\xff\xfe"), base64.b64decode("aGk="), base64.b32encode(b"hello"), base64.b32decode("NBSWY3DP"), base64.b16encode(b"az"))
for bad in ("abc","a","ab=","!!!!"):
    try: print(bad, base64.b64decode(bad))
    except binascii.Error as e: print(bad, e)
