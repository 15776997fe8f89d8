import { forms, object, reading, required, text } from './kit.ts';

const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** A file of the author's and the export in it that is the handler; without a word, the default export or `handler`. */
export interface HandlerPath {
  readonly file: string;
  readonly export?: string;
}

/** A function that something else builds, in any language Lambda runs. */
const built = object(
  'A function built elsewhere: a zip of this project goes to Lambda as it is. `files` and `bundle` do not apply, and the code itself must set CORS headers and report failed records.',
  {
    zip: required(
      text('The zip.', {
        pattern: '^[^\\\\]+\\.(zip|jar)$',
        means: 'a zip of this project, such as build/list.zip',
        examples: ['build/function.zip'],
        file: true,
        also: ['artifact', 'CodeUri', 'package'],
      }),
    ),
    entry: required(
      text('The handler in it, in the runtime’s notation: `app.handler`, `bootstrap`, `example.Handler::handleRequest`.', {
        pattern: '^[^\\s]{1,128}$',
        means: 'a handler in the runtime’s notation',
        examples: ['app.handler', 'bootstrap'],
        aws: 'AWS::Lambda::Function Handler',
        also: ['Handler'],
      }),
    ),
    runtime: required(
      text('The runtime.', {
        pattern: '^(nodejs|python|java|dotnet|ruby|provided)[a-z0-9.]*$',
        means: 'a runtime such as python3.14, java25 or provided.al2023',
        examples: ['python3.14', 'java25', 'dotnet10', 'ruby3.4', 'provided.al2023'],
        aws: 'AWS::Lambda::Function Runtime',
        page: `${LAMBDA}/lambda-runtimes.html`,
        also: ['Runtime'],
      }),
    ),
  },
  { page: `${LAMBDA}/configuration-function-zip.html` },
);

const bundledHandler = reading<HandlerPath>(
  'The file with the handler: its default export, or else the export `handler`; `src/orders.ts#create` names another. TypeScript or JavaScript, bundled by esbuild, one bundle per function.',
  {
    pattern: '^[^#\\\\]+\\.(ts|mts|cts|tsx|js|mjs|cjs|jsx)(#[A-Za-z_$][A-Za-z0-9_$]*)?$',
    means: 'a TypeScript or JavaScript file of this project, such as src/list.ts or src/orders.ts#create',
    examples: ['src/handler.ts'],
    file: true,
    read: (written) => {
      const [file = '', name] = written.split('#');
      return name === undefined ? { file } : { file, export: name };
    },
  },
);

export const handler = forms(
  bundledHandler.doc,
  { text: bundledHandler, object: built },
  {
    aws: 'AWS::Lambda::Function Handler',
    page: `${LAMBDA}/nodejs-handler.html`,
    also: ['Handler', 'CodeUri', 'InlineCode', 'entry', 'src', 'code', 'Code'],
  },
);
