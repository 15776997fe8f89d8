import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** `npm run new -- source NAME` or `npm run new -- kind NAME`: the shape, the meaning and the sample of a construct, and the two lines to add. */
export function main([what, name = '']: readonly string[]): void {
  if ((what !== 'source' && what !== 'kind') || !/^[a-z][A-Za-z]*$/.test(name)) {
    console.error(
      'npm run new -- source NAME   an event source of a function: schedule\nnpm run new -- kind NAME     a section of the file: queues',
    );
    process.exitCode = 2;
    return;
  }
  const { files, lists } = what === 'source' ? newSource(name) : newKind(name);
  for (const [path, text] of files) {
    if (existsSync(path)) {
      console.error(`${path} is there already.`);
      process.exitCode = 2;
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`made ${path}`);
  }
  for (const [path, line] of lists) console.log(`add  ${path}: ${line}`);
  console.log('then npm run generate, and UPDATE=1 npx vitest run test/samples.test.ts');
}

interface Made {
  readonly files: readonly (readonly [string, string])[];
  readonly lists: readonly (readonly [string, string])[];
}

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function newSource(name: string): Made {
  const file = dashed(name);
  return {
    files: [
      [
        `src/schema/sources/${file}.ts`,
        `import { text } from '../kit.ts';\n\nexport const ${name} = {\n  value: text('What it is, and how it calls or is polled.', { pattern: '^.+$', means: 'a ${name}' }),\n  options: {},\n  polling: {\n    delivery: 'push',\n    caller: 'Who calls whom.',\n    permission: 'function',\n    invocation: 'async',\n    concurrency: '',\n    ordering: '',\n    retries: '',\n    failure: '',\n    page: '',\n  },\n} as const;\n`,
      ],
      [
        `src/compiler/sources/${file}.ts`,
        `import { ${name} as shape } from '../../schema/sources/${file}.ts';\nimport type { SourceMeaning } from './source.ts';\n\n/** What it is, with the page of AWS’s documentation. */\nexport const ${name}: SourceMeaning<'${name}'> = {\n  model: shape.polling,\n  pace: () => 'calls the function',\n  named: (settings) => ({ name: settings.${name}, word: 'Source' }),\n  expand: () => [],\n};\n`,
      ],
      [
        `test/samples/sources/${file}/eventsystem.yml`,
        `name: ${file}\nconsumers:\n  consumer: { handler: src/handler.ts, from: { ${name}: example } }\n`,
      ],
      [`test/samples/sources/${file}/src/handler.ts`, 'export default async (): Promise<void> => undefined;\n'],
    ],
    lists: [
      ['src/schema/sources/index.ts', `export const sources = { …, ${name} }`],
      ['src/compiler/sources/sources.ts', `export const sources = { …, ${name} }`],
    ],
  };
}

function newKind(name: string): Made {
  const file = dashed(name);
  return {
    files: [
      [
        `src/schema/${file}.ts`,
        `import { object } from './kit.ts';\n\nexport const ${name.replace(/s$/, '')} = object('What one of them is.', {}, { id: '${name.replace(/s$/, '')}', empty: true });\n`,
      ],
      [
        `src/compiler/resources/${file}.ts`,
        `import type { Meaning } from './meaning.ts';\n\n/** What it is, with the page of AWS’s documentation. */\nexport const ${name}: Meaning<'${name}'> = {\n  attributes: {},\n  expand: () => [],\n};\n`,
      ],
      [`test/samples/${name}/first/eventsystem.yml`, `name: ${file}\n${name}: { first: }\n`],
    ],
    lists: [
      ['src/schema/system.ts', `kinds and sections: ${name}`],
      ['src/schema/attributes.ts', `${name}: {}`],
      ['src/compiler/constructs.ts', `things: ${name}`],
    ],
  };
}
