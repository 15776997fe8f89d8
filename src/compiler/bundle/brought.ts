import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../diagnostics/problem.ts';
import { keyOf, type Shipped } from '../resources/meaning.ts';
import type { Asset, BundleOptions } from './bundle.ts';
import { secretIn } from './facts.ts';
import { bundleProblems } from './problems.ts';
import { writeWhole } from './write-whole.ts';
import { digestOf, zipOf, type Contents } from './zip.ts';

/** The zip of a function that eventsystem brings along. */
export interface Brought extends Asset {
  /** A digest of the project’s own files in it. */
  readonly carries: string;
}

/** Zips the functions that eventsystem brings along, with what travels with each; by their keys. */
export function bringAll({ shipped, shippedFolder, assets }: BundleOptions, report: Report): ReadonlyMap<string, Brought> {
  return new Map(
    shipped.map((one) => {
      for (const { text, from } of one.files) {
        const what = secretIn(Buffer.from(text));
        if (what !== undefined) report(bundleProblems['secret-in-code'], one.place, { what, file: from });
      }
      return [keyOf(one), bring(one, join(shippedFolder, `${one.name}.mjs`), assets)] as const;
    }),
  );
}

function bring({ files }: Shipped, code: string, assets: string): Brought {
  const carried: Contents = new Map(files.map(({ path, text }) => [path, new TextEncoder().encode(text)]));
  const contents: Contents = new Map([['index.mjs', readFileSync(code)], ...carried]);
  const [file, carries] = [`${digestOf(contents)}.zip`, digestOf(carried)];
  const there = statSync(join(assets, file), { throwIfNoEntry: false });
  if (there) return { file, carries, bytes: there.size };
  const zip = zipOf(contents);
  writeWhole(join(assets, file), zip);
  return { file, carries, bytes: zip.length };
}
