// The floor: a bare script that calls esbuild once for the same entry points and options.
import { build } from 'esbuild';
import { readdirSync } from 'node:fs';

await build({
  entryPoints: readdirSync('src')
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name}`),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  sourcemap: 'external',
  sourcesContent: false,
  metafile: true,
  external: ['@aws-sdk/*', '@smithy/*'],
  outdir: '.eventsystem/floor',
  outExtension: { '.js': '.mjs' },
  logLevel: 'silent',
});
