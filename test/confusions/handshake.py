"""Says of a chain what Python's ssl module says, in a handshake between a server that has the chain and a client.

    handshake.py CHAIN KEY CAFILE NAME

It prints a line, and ends with 0 where the client accepts the chain and with 1 where it does not, or the server cannot begin.
"""

import ssl
import sys


def handshake(chain, key, ca_file, name):
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(chain, key)
    asking = ssl.create_default_context(cafile=ca_file)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = serving.wrap_bio(to_server, to_client, server_side=True)
    client = asking.wrap_bio(to_client, to_server, server_hostname=name)
    for _ in range(8):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            if side is client:
                return


def main(chain, key, ca_file, name):
    try:
        handshake(chain, key, ca_file, name)
    except (ssl.SSLError, OSError) as error:
        print(getattr(error, "verify_message", None) or getattr(error, "reason", None) or error)
        return 1
    print("accepted")
    return 0


sys.exit(main(*sys.argv[1:]))
