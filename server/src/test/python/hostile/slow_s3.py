"""A stand-in for S3 that takes its time: a list of the bucket `delay-50` comes after 50 ms, any other page at
once. It runs in a process of its own, so that it needs no time of whoever measures."""

import asyncio
import re
import socket

from launched import FORK

LIST = (b'<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        b"<Name>x</Name><Prefix></Prefix><KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys>"
        b"<IsTruncated>false</IsTruncated></ListBucketResult>")
DELAY = re.compile(rb"^[A-Z]+ /delay-(\d+)")


class SlowS3:
    """While it is entered, it listens at `url`."""

    def __enter__(self):
        listening = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = FORK.Process(target=lambda: asyncio.run(serve(listening)), daemon=True)
        self.process.start()
        listening.close()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.join()


async def serve(listening):
    async with await asyncio.start_server(answer, sock=listening) as server:
        await server.serve_forever()


async def answer(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            found = DELAY.match(head)
            await asyncio.sleep(int(found.group(1)) / 1000 if found else 0)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nx-amz-bucket-region: us-east-1\r\n"
                         b"Content-Length: %d\r\n\r\n" % len(LIST) + LIST)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
