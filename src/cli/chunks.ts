/** The parts of the program that are loaded only when they are needed: one file each in `dist/cli`. */
export interface Chunks {
  readonly main: typeof import('./main.ts');
  readonly validate: typeof import('./validate.ts');
  readonly fix: typeof import('./fix.ts');
  readonly compile: typeof import('./compile.ts');
  readonly unchanged: typeof import('./unchanged.ts');
  readonly init: typeof import('./init.ts');
  readonly schema: typeof import('./schema.ts');
  readonly explain: typeof import('./explain.ts');
  readonly lsp: typeof import('./lsp.ts');
  readonly playground: typeof import('./playground.ts');
  /** Everything that speaks to AWS. */
  readonly deployment: typeof import('./deployment.ts');
}
