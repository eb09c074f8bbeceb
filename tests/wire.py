# SPDX-License-Identifier: MIT
"""A proxy before PostgreSQL that does harm at a chosen message.

    with wire.Proxy(server, terminate=17) as proxy:      # the backend is terminated before message 17
    with wire.Proxy(server, cut_before=17) as proxy:     # the line is cut before message 17 is sent
    with wire.Proxy(server, cut_after=17) as proxy:      # it is sent, its answer never comes back
    with wire.Proxy(server, delay=0.001) as proxy:       # each way takes so long
        proxy.url("database"); proxy.count               # messages of the client so far, of all lines

Messages are the client's, counted from the first one after the log-in; without TLS.
"""
import socket
import struct
import threading
import time
import urllib.parse

SSL_REQUEST, GSS_REQUEST, CANCEL = 80877103, 80877104, 80877102


def read_exactly(s, size):
    data = b""
    while len(data) < size:
        more = s.recv(size - len(data))
        if not more:
            raise ConnectionError
        data += more
    return data


class Line:
    """One client's connection."""

    def __init__(self, proxy, client):
        self.proxy, self.client, self.pid, self.ready = proxy, client, None, False
        self.server = socket.create_connection((proxy.server.host, proxy.server.port))
        for s in (self.client, self.server):
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.muted = False
        for target in (self.upward, self.downward):
            threading.Thread(target=self.guarded, args=(target,), daemon=True).start()

    def guarded(self, target):
        try:
            target()
        except OSError:
            pass
        self.close()

    def close(self):
        for s in (self.client, self.server):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def reset(self):
        """The line breaks without a word."""
        self.muted = True
        for s in (self.client, self.server):
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def log_in(self):
        while True:
            head = read_exactly(self.client, 8)
            size, code = struct.unpack("!ii", head)
            self.server.sendall(head + read_exactly(self.client, size - 8))
            if code not in (SSL_REQUEST, GSS_REQUEST):
                return

    def upward(self):
        self.log_in()
        while True:
            head = read_exactly(self.client, 5)
            body = read_exactly(self.client, struct.unpack("!i", head[1:])[0] - 4)
            if head[:1] == b"p":
                self.server.sendall(head + body)
                continue
            self.harm(head + body)

    def harm(self, message):
        proxy = self.proxy
        number = proxy.next_number()
        if number == proxy.terminate:
            proxy.server.query("postgres", "SELECT pg_terminate_backend(%d)" % self.pid)
            time.sleep(0.05)
        if number == proxy.cut_before:
            self.reset()
        self.server.sendall(message)
        if number == proxy.cut_after:
            self.muted = True
            time.sleep(0.3)
            self.reset()

    def downward(self):
        while True:
            data = self.server.recv(65536)
            if not data:
                return
            if self.pid is None:
                self.find_pid(data)
            if not self.muted:
                self.client.sendall(data)

    def find_pid(self, data):
        at = data.find(b"K\x00\x00\x00\x0c")
        if at >= 0:
            self.pid = struct.unpack("!i", data[at + 5:at + 9])[0]


class Delayed(Line):
    """Bytes arrive `delay` seconds later, in order; sending is never slowed."""

    def upward(self):
        self.slow(self.client, self.server)

    def downward(self):
        self.slow(self.server, self.client)

    def slow(self, source, target):
        pieces, more = [], threading.Condition()

        def send():
            while True:
                with more:
                    while not pieces:
                        more.wait()
                    due, data = pieces.pop(0)
                left = due - time.monotonic()
                if left > 0:
                    time.sleep(left)
                if not data:
                    return self.close()
                target.sendall(data)

        threading.Thread(target=self.guarded, args=(send,), daemon=True).start()
        while True:
            data = source.recv(65536)
            with more:
                pieces.append((time.monotonic() + self.proxy.delay, data))
                more.notify()
            if not data:
                time.sleep(self.proxy.delay * 2)
                return


class Proxy:
    def __init__(self, server, terminate=None, cut_before=None, cut_after=None, delay=None):
        self.server, self.delay = server, delay
        self.terminate, self.cut_before, self.cut_after = terminate, cut_before, cut_after
        self.count, self.lock = 0, threading.Lock()

    def next_number(self):
        with self.lock:
            self.count += 1
            return self.count

    def url(self, database, driver="postgresql+psycopg2"):
        return "%s://%s:%s@127.0.0.1:%d/%s?sslmode=disable" % (
            driver, self.server.user, urllib.parse.quote(self.server.password, safe=""), self.port, database)

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
                (Delayed if self.delay else Line)(self, client)
            except OSError:
                return

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
