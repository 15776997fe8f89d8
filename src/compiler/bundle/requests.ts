import type { Fn, Model } from '../resolve/model.ts';
import { createHash } from 'node:crypto';

/** How the answers of a function behind an API are marked for web pages. */
export interface CorsRule {
  readonly origins: readonly string[];
  readonly credentials: boolean;
  readonly expose: readonly string[];
}

/** What decides a bundle: functions that agree in all of it share one. */
export interface Request {
  readonly file: string;
  readonly export: string | undefined;
  readonly target: 'node22' | 'node24';
  readonly sdk: boolean;
  readonly external: readonly string[];
  readonly minify: boolean;
  readonly cors: CorsRule | undefined;
  readonly files: readonly string[];
}

/** A request, and the functions that share it. */
export interface Requested {
  readonly key: string;
  readonly request: Request;
  readonly functions: readonly Fn[];
}

/** The bundles that a system needs, in the order of their functions. `version` stands for whatever else decides bytes. */
export function requestsOf(model: Model, corsOf: (fn: Fn) => CorsRule | undefined, version: string): readonly Requested[] {
  const all = new Map<string, { request: Request; functions: Fn[] }>();
  for (const fn of model.functions) {
    if (fn.handler.entry !== undefined) continue;
    const request = requestOf(fn, corsOf(fn));
    const key = createHash('sha256')
      .update(JSON.stringify([version, request]))
      .digest('hex');
    const known = all.get(key);
    if (known) known.functions.push(fn);
    else all.set(key, { request, functions: [fn] });
  }
  return [...all].map(([key, one]) => ({ key, ...one }));
}

function requestOf({ handler, settings }: Fn, cors: CorsRule | undefined): Request {
  return {
    file: handler.file.replace(/^\.\//, ''),
    export: handler.export,
    target: settings.runtime === 'nodejs22.x' ? 'node22' : 'node24',
    sdk: settings.bundle?.sdk ?? false,
    external: [...(settings.bundle?.external ?? [])].sort(),
    minify: settings.bundle?.minify ?? true,
    cors,
    files: [...(settings.files ?? [])].sort(),
  };
}
