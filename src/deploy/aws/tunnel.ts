import { request as plainly, type ClientRequest } from 'node:http';
import { Agent, request as safely, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';

/** Where calls to the outside go through. */
export interface Proxy {
  /** `http://user:password@proxy.example:3128`. */
  readonly url: string;
  /** Hosts that are called without it, as `NO_PROXY` lists them. */
  readonly except: string;
}

/**
 * Connections to AWS through a proxy. The SDK’s own handler does not hear HTTPS_PROXY. The proxy is asked for a way through (CONNECT)
 * and sees nothing of what goes over it: TLS is spoken with AWS itself.
 */
export class Tunnel extends Agent {
  readonly #url: URL;

  constructor({ url }: Pick<Proxy, 'url'>) {
    super({ keepAlive: true, maxSockets: 50 });
    this.#url = new URL(url);
  }

  override createConnection(options: RequestOptions, done?: (error: Error | null, stream: Duplex) => void): undefined {
    const nothing = undefined as unknown as Duplex;
    const { host: to, port = 443, path: _, ...tls } = options;
    const asked = this.#ask(`${to ?? ''}:${port ?? 443}`);
    asked.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return done?.(null, connect({ ...tls, socket, servername: tls.servername ?? to ?? '' }));
      socket.destroy();
      done?.(
        Object.assign(new Error(`the proxy ${this.#url.host} returned ${statusCode ?? 'no status'}`), { code: 'ECONNREFUSED' }),
        nothing,
      );
    });
    asked.once('error', (error) => done?.(error, nothing));
    asked.end();
    return undefined;
  }

  /** How AWS is asked for: with the name and password of the proxy’s address, where it has any. */
  #ask(path: string): ClientRequest {
    const { hostname, port, protocol, username, password } = this.#url;
    const known = username !== '' && Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
    const headers = { host: path, ...(known && { 'proxy-authorization': `Basic ${known}` }) };
    const options = { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80), method: 'CONNECT', path, headers };
    return protocol === 'https:' ? safely({ ...options, agent: false }) : plainly({ ...options, agent: false });
  }
}

/** Whether a host is called through the proxy. `NO_PROXY` lists hosts and, with everything below them, domains; `*` is all. */
export function goesThrough({ except }: Pick<Proxy, 'except'>, host: string): boolean {
  return !except.split(/[\s,]+/).some((one) => {
    const name = one
      .replace(/^\*?\./, '')
      .replace(/:\d+$/, '')
      .toLowerCase();
    return name !== '' && (name === '*' || host === name || host.endsWith(`.${name}`));
  });
}
