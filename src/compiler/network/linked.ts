import type { Settings, Text } from '../resolve/model.ts';
import type { Context } from '../resources/meaning.ts';
import type { Place } from '../text/source-text.ts';

type Surroundings = Omit<Context, 'network'>;

/** A route that asks its backend through the link of the VPC. */
export interface LinkedRoute {
  readonly http: Text;
  readonly because: Place;
  readonly path: string;
}

/** `vpc` stands for the link that is made; anything else is the id of one that exists. */
export const isMade = ({ segments }: Text): boolean => segments.length === 1 && segments[0] === 'vpc';

/** The routes for which a link is made. */
export function linkedRoutes({ model }: Surroundings): readonly LinkedRoute[] {
  return model.all('apis').flatMap((api) =>
    [...api.written.at('routes').parts].flatMap(([key, part]): readonly LinkedRoute[] => {
      if (api.written.broken || part.broken) return [];
      const settings = part.value as Settings<'apis'>['routes'][string];
      if (settings.kind !== 'http' || !settings.link || !isMade(settings.link)) return [];
      return [{ http: settings.http, because: part.key ?? part.place, path: `${api.path}.routes.${key}` }];
    }),
  );
}

/** An address as far as it is written out: what a link needs of it. */
export interface LinkedAddress {
  readonly secure: boolean;
  readonly port: number;
  /** The name of the server, without the port. */
  readonly host: readonly Text['segments'][number][];
  readonly path: readonly Text['segments'][number][];
}

/** Takes an address apart. Nothing where its protocol stands behind a `$(…)`. */
export function linkedAddress({ segments: [first, ...more] }: Text): LinkedAddress | undefined {
  const protocol = typeof first === 'string' ? /^(https?):\/\//.exec(first) : null;
  if (typeof first !== 'string' || !protocol) return undefined;
  const secure = protocol[1] === 'https';
  const segments = [first.slice(protocol[0].length), ...more];
  const at = segments.findIndex((one) => typeof one === 'string' && one.includes('/'));
  const [server, path] = at < 0 ? [segments, []] : cutAt(segments, at);
  const last = server.at(-1);
  const port = typeof last === 'string' ? /:([0-9]{1,5})$/.exec(last) : null;
  const host = typeof last === 'string' && port ? [...server.slice(0, -1), last.slice(0, port.index)] : server;
  return { secure, port: port ? Number(port[1]) : secure ? 443 : 80, host: host.filter((one) => one !== ''), path };
}

type Segments = LinkedAddress['host'];

function cutAt(segments: Segments, index: number): readonly [Segments, Segments] {
  const one = segments[index];
  if (typeof one !== 'string') return [segments, []];
  const slash = one.indexOf('/');
  return [
    [...segments.slice(0, index), one.slice(0, slash)],
    [one.slice(slash), ...segments.slice(index + 1)],
  ];
}
