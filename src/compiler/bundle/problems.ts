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
    message: ({ file }: { file: string }) => `The handler in \`${file}\` takes a callback, which nodejs24.x does not support.`,
    why: 'From Node.js 24 on, handlers must return a promise. Make it `async` and return the result, or use `runtime: nodejs22.x`.',
    fix: (_: unknown, place) => choosing(inFunction(place, 'runtime', 'nodejs22.x')),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html',
  },
  'input-outside-project': {
    severity: 'error',
    message: ({ file }: { file: string }) => `The bundle would contain \`${file}\`, which is outside this project.`,
    why: 'A build must not depend on anything else on the machine: a bundle contains files of the project, its workspace and `node_modules`. A symlink or a path in tsconfig.json may lead outside.',
  },
  'no-ordinary-file': {
    severity: 'error',
    message: ({ file }: { file: string }) => `\`${file}\` is a pipe, a socket or a device.`,
    why: 'Reading it could block or never end. A project’s folders must contain regular files.',
  },
  'secret-file': {
    severity: 'error',
    message: ({ file }: { file: string }) => `The bundle would contain \`${file}\`, which looks like a secret.`,
    why: 'Anyone who may read the function’s code could read it. Keep secrets in Secrets Manager.',
    // What an import brings along is not a line of this file.
    fix: ({ named }: { named?: true }, place) => (named ? choosing(leaveOut(place)) : undefined),
  },
  'secret-in-code': {
    severity: 'error',
    message: ({ file, what }: { file: string; what: string }) => `\`${file}\` contains ${what}, which would end up in the bundle.`,
    why: 'Anyone who may read the function’s code could read it. Keep secrets in Secrets Manager, and revoke this one.',
  },
  'bundle-too-large': {
    severity: 'error',
    message: ({ size, most }: { size: string; most: readonly string[] }) =>
      `The bundle is ${size}; Lambda allows 250 MiB. The largest files are ${listed(most.map((path) => `\`${path}\``))}.`,
    why: 'Lambda limits the unpacked code and its layers together.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  'look-up-at-the-edge': {
    severity: 'error',
    message: ({ file }: { file: string }) => `\`${file}\` looks up a name with \`eventsystem/runtime\`, which does not work at the edge.`,
    why: '`table(…)`, `bucket(…)` and the like read environment variables that the compiler sets for a grant. Lambda@Edge has none: write the names into the code, or pass them in the origin’s `headers`.',
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html',
  },
  'too-large-for-the-edge': {
    severity: 'error',
    message: ({ size }: { size: string }) => `The zip is ${size}; Lambda@Edge allows 50 MB.`,
    why: 'Lambda@Edge copies the code to the regions that run it, and limits its size.',
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html',
  },
  'esbuild-replaced': {
    severity: 'error',
    message: () => '`ESBUILD_BINARY_PATH` is set: another program would run instead of esbuild.',
    why: 'Functions must be bundled by the esbuild that this package depends on.',
  },
  'tsconfig-outside-project': {
    severity: 'error',
    message: ({ file, extended }: { file: string; extended: string }) =>
      `\`${file}\` extends \`${extended}\`, which is outside this project.`,
    why: 'TypeScript’s settings decide which files go into a bundle. They must be in the project, its workspace or `node_modules`.',
  },
  'nothing-to-copy': {
    severity: 'error',
    message: ({ pattern }: { pattern: string }) => `No file in this project matches \`${pattern}\`.`,
    why: '`files` lists what is copied into the bundle; a pattern that matches nothing is a mistake that would only show at run time.',
    fix: leavingOutIfMeant,
  },
  'file-in-the-way': {
    severity: 'error',
    message: ({ file }: { file: string }) => `\`${file}\` would overwrite the handler’s own code.`,
    why: 'In a function’s code, `index.mjs` and `handler.mjs` are the handler. Copy the file from another path.',
    fix: leavingOutIfMeant,
  },
  'failures-ignored': {
    severity: 'error',
    message: ({ file }: { file: string }) =>
      `\`${file}\` returns \`batchItemFailures\`, but \`partialFailures: false\` makes Lambda ignore it: failed records would be lost.`,
    why: 'Without `partialFailures` Lambda treats any return value as success and moves past the batch. Leave the setting out, or make the handler throw.',
    fix: leavingOut,
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html',
  },
  'failures-not-reported': {
    severity: 'warning',
    message: ({ file }: { file: string }) =>
      `\`${file}\` never mentions \`batchItemFailures\`: a failed record would be lost or fail its whole batch.`,
    why: 'With `partialFailures` (the default) the response tells Lambda which records failed. `records` from `eventsystem/runtime` builds that response; a handler that throws instead needs `partialFailures: false`.',
    fix: (_: unknown, place) =>
      choosing(
        { title: 'Use `records` from eventsystem/runtime' },
        fixing('Write `partialFailures: false`', into(place, 'partialFailures', 'false')),
      ),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html',
  },
});
