import type { Nest } from './cloud.ts';

export const nest: Nest = (_op, _resource, _verb, ended) => ended();
