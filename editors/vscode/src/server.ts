import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskHost } from '../../../src/cli/lsp.ts';
import { catalogueOf, type WholeCatalogue } from '../../../src/compiler/cloud/catalogue.ts';
import { serve } from '../../../src/editor/server/server.ts';

/** The server the extension brings along, for projects that have none installed: the one of the package, in two files. */
const read = (file: string): unknown => JSON.parse(readFileSync(join(__dirname, file), 'utf8'));
const { version } = read('../package.json') as { readonly version: string };

void serve(diskHost(catalogueOf(read('catalogue.json') as WholeCatalogue)), process.stdin, process.stdout, version);
