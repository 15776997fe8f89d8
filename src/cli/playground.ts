import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import type { ValuesOf } from './commands.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import type { Tool } from './tool.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.ttf': 'font/ttf',
};

/** The page asks nobody but this server. Monaco writes its styles into the page. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:";

/** `eventsystem playground`: serves the page with the compiler in it, to this machine alone, until it is interrupted. */
export async function runPlayground({ options }: ValuesOf<'playground'>, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const wanted = options.port ?? '8008';
  const port = Number(wanted);
  if (!/^[0-9]{1,5}$/.test(wanted) || port > 65_535) {
    terminal.err(`\`${wanted}\` is not a port: it must be a number up to 65535.\n`);
    return exitCodes.usage;
  }
  const files = pageFiles(join(tool.folder, 'dist', 'playground'));
  if (!files) {
    terminal.err('The playground was not built with this package: run `npm run playground` in its repository.\n');
    return exitCodes.disk;
  }
  const server = serverOf(files);
  try {
    await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening));
  } catch (error) {
    terminal.err(
      `Port ${port} cannot be used: ${error instanceof Error ? error.message : String(error)}. Use another with \`--port NUMBER\`.\n`,
    );
    return exitCodes.usage;
  }
  const address = server.address();
  terminal.out(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}/ (Ctrl+C ends it)\n`);
  await new Promise<void>((closed) => {
    process.once('SIGINT', () => server.close(() => closed()));
    process.once('SIGTERM', () => server.close(() => closed()));
  });
  return exitCodes.ok;
}

/** The page’s files by their addresses. Nothing else can be asked for. */
function pageFiles(folder: string): ReadonlyMap<string, string> | undefined {
  try {
    const names = readdirSync(folder);
    return new Map([['/', join(folder, 'index.html')], ...names.map((name) => [`/${name}`, join(folder, name)] as const)]);
  } catch {
    return undefined;
  }
}

function serverOf(files: ReadonlyMap<string, string>): Server {
  return createServer(({ url = '/', method }, response) => {
    const file = files.get(url.split('?')[0] ?? '/');
    if (file === undefined || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(file === undefined ? 404 : 405).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'text/plain; charset=utf-8',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    });
    response.end(method === 'HEAD' ? undefined : readFileSync(file));
  });
}
