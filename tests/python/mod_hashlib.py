# SPDX-License-Identifier: MIT
import hashlib
import hmac

print(hashlib.sha256(b"abc").hexdigest(), hashlib.md5(b"").hexdigest(), hashlib.new("sha512", b"x").hexdigest()[:20], hashlib.sha1(b"q").digest(), hashlib.sha224(b"abc").hexdigest(), hashlib.sha384(b"abc").hexdigest())
h=hashlib.sha256(); h.update(b"a"); h2=h.copy(); h.update(b"bc"); print(h.hexdigest()==hashlib.sha256(b"abc").hexdigest(), h2.name, h.digest_size)
print(hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 1000).hex())
print(hmac.new(b"k", b"m", "sha256").hexdigest(), hmac.compare_digest("a","a"))
try: hashlib.sha256("x")
except TypeError as e: print(e)
