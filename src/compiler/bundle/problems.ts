import { problems } from '../diagnostics/problem.ts';
import { into } from '../edit/edits.ts';
import { listed } from '../text/suggest.ts';
import { choosing, fixing, inFunction, leaveOut, leavingOut, leavingOutIfMeant } from '../edit/fixes.ts';

export const bundleProblems = problems({
  'cannot-bundle': {
    severity: 'error',
    message: ({ at, text }: { at: string; text: string }) => `${at}: ${text}.`,
    why: 'esbuild could not make a bundle of the handler and what it imports.',
    page: 'https://esbuild.github.io/content-types/',
  },
  'callback-handler': {
    severity: 'error',
    message: ({ file }: { file: string }) => `The handler in \`${file}\` takes a callback, which nodejs24.x does not call.`,
    why: 'From Node.js 24 on, Lambda takes handlers that return a promise. Make it `async` and return the answer, or say `runtime: nodejs22.x`.',
    fix: (_: unknown, place) => choosing(inFunction(place, 'runtime', 'nodejs22.x')),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html',
  },
  'input-outside-project': {
    severity: 'error',
    message: ({ file }: { file: string }) => `The bundle would hold \`${file}\`, which is not of this project.`,
    why: 'What is compiled must not depend on anything else on the machine: a bundle holds files of the project, of its workspace and of `node_modules`. A link or a path in tsconfig.json may lead out of it.',
  },
  'no-ordinary-file': {
    severity: 'error',
    message: ({ file }: { file: string }) => `\`${file}\` is a pipe, a socket or a device.`,
    why: 'Reading it would wait for ever, or never come to an end. The folders of a project hold files.',
  },
  'secret-file': {
    severity: 'error',
    message: ({ file }: { file: string }) => `The bundle would hold \`${file}\`, which looks like a secret.`,
    why: 'Whoever may read the function’s code could read it. Keep secrets in Secrets Manager.',
    // What an import brings along is not a line of this file.
    fix: ({ named }: { named?: true }, place) => (named ? choosing(leaveOut(place)) : undefined),
  },
  'secret-in-code': {
    severity: 'error',
    message: ({ file, what }: { file: string; what: string }) => `\`${file}\` holds ${what}, which would travel in the bundle.`,
    why: 'Whoever may read the function’s code could read it. Keep secrets in Secrets Manager, and take this one out of use.',
  },
  'bundle-too-large': {
    severity: 'error',
    message: ({ size, most }: { size: string; most: readonly string[] }) =>
      `The bundle has ${size}; Lambda takes 250 MiB. The largest files are ${listed(most.map((path) => `\`${path}\``))}.`,
    why: 'A function’s code is limited in size, layers included.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  'look-up-at-the-edge': {
    severity: 'error',
    message: ({ file }: { file: string }) =>
      `\`${file}\` looks something up with \`eventsystem/runtime\`, which does not work at the edge.`,
    why: '`table(…)`, `bucket(…)` and the like read the variables the compiler writes for a grant. At the edge there are none: the names must stand in the code, or come with the request in `headers` of the origin.',
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html',
  },
  'too-large-for-the-edge': {
    severity: 'error',
    message: ({ size }: { size: string }) => `The zip has ${size}; Lambda@Edge takes 50 MB.`,
    why: 'What is copied to where it is called is limited in size.',
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html',
  },
  'esbuild-replaced': {
    severity: 'error',
    message: () => '`ESBUILD_BINARY_PATH` is set: another program would be run in place of esbuild.',
    why: 'What makes the code of functions must be the program this package depends on.',
  },
  'tsconfig-outside-project': {
    severity: 'error',
    message: ({ file, extended }: { file: string; extended: string }) =>
      `\`${file}\` extends \`${extended}\`, which is not of this project.`,
    why: 'The settings of TypeScript decide which files a bundle holds. They must be in the project, its workspace or `node_modules`.',
  },
  'nothing-to-copy': {
    severity: 'error',
    message: ({ pattern }: { pattern: string }) => `No file of this project matches \`${pattern}\`.`,
    why: '`files` names what travels with the bundle; a pattern that fits nothing is a mistake that would only show at run time.',
    fix: leavingOutIfMeant,
  },
  'file-in-the-way': {
    severity: 'error',
    message: ({ file }: { file: string }) => `\`${file}\` would overwrite the handler’s own code.`,
    why: 'In a function’s code, `index.mjs` and `handler.mjs` are the handler. A file that travels along must lie elsewhere.',
    fix: leavingOutIfMeant,
  },
  'failures-ignored': {
    severity: 'error',
    message: ({ file }: { file: string }) =>
      `\`${file}\` returns \`batchItemFailures\`, but \`partialFailures: false\` makes Lambda ignore it: failed records would be lost.`,
    why: 'Without `partialFailures` Lambda takes whatever the handler returns for success, and goes on behind the batch. Leave the setting out, or let the handler throw.',
    fix: leavingOut,
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html',
  },
  'failures-not-reported': {
    severity: 'warning',
    message: ({ file }: { file: string }) =>
      `\`${file}\` never mentions \`batchItemFailures\`: a record that fails would be lost or fail its whole batch.`,
    why: 'With `partialFailures` (on unless said otherwise) Lambda reads from the answer which records failed. `records` of `eventsystem/runtime` makes that answer; a handler that throws instead wants `partialFailures: false`.',
    fix: (_: unknown, place) =>
      choosing(
        { title: 'Use `records` of eventsystem/runtime' },
        fixing('Write `partialFailures: false`', into(place, 'partialFailures', 'false')),
      ),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html',
  },
});
