import { createServer } from 'node:http';

// Node's own HTTP and nothing else: a kilobyte, whatever is asked. It says its port.
const body = JSON.stringify({ text: 'x'.repeat(1_000) });
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
