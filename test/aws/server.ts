import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Outcome } from './faults.ts';
import { selfSigned } from './tls.ts';

/** A request before anybody knows which service it is for. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface Listening {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Real HTTP on one port. The answer may be a reset, silence, or less than was announced. */
export async function listen(port: number, tls: boolean, answer: (request: Request) => Promise<Outcome>): Promise<Listening> {
  const sockets = new Set<Socket>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void received(request)
      .then(answer)
      .then((outcome) => send(outcome, request, response))
      .catch(() => request.socket.destroy());
  };
  const server = tls ? createSecureServer(selfSigned, handle) : createServer(handle);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    response.writeContinue();
    handle(request, response);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((ready, fail) => server.once('error', fail).listen(port, '127.0.0.1', ready));
  const { port: bound } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${bound}`, port: bound, close: () => closed(server, sockets) };
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    for (const socket of sockets) socket.destroy();
  });
}

async function received(request: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
  return { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(chunks) };
}

function send(outcome: Outcome, request: IncomingMessage, response: ServerResponse): void {
  if (outcome === 'silence') return;
  if (outcome === 'reset') return void request.socket.resetAndDestroy();
  const body = Buffer.from(outcome.body);
  const announced =
    outcome.headers['content-length'] === undefined && request.method !== 'HEAD' ? { 'content-length': String(body.length) } : {};
  response.sendDate = false;
  response.writeHead(outcome.status, { ...announced, ...outcome.headers });
  if (request.method === 'HEAD') return void response.end();
  if (outcome.only === undefined) return void response.end(body);
  const ended = (): void => (outcome.then === 'end' ? void request.socket.end() : undefined);
  response.write(body.subarray(0, outcome.only), ended);
}
