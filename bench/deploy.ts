import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startAws, type FakeAws } from '../test/aws/aws.ts';

/** What deploying costs besides AWS: processes of the program itself, against the fake over HTTP, which answers at once. */
export async function main(): Promise<void> {
  const aws = await startAws({ region: 'eu-central-1' });
  aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
  const folder = mkdtempSync(join(tmpdir(), 'eventsystem-bench-deploy-'));
  try {
    cpSync('examples/shop', folder, { recursive: true, filter: (path) => !path.includes('.eventsystem') });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    await told(aws, 'diff of the shop, nothing compiled yet', folder, 'diff');
    await told(aws, 'diff of the shop, compiled', folder, 'diff');
    await told(aws, 'deploy of the shop (polls count, AWS’s own time does not)', folder, 'deploy', '--yes');
    for (let run = 1; run <= 5; run++) await told(aws, `deploy of the shop, nothing changed, ${run}`, folder, 'deploy', '--yes');
    const many = functions(folder, 120);
    await told(aws, 'deploy of 120 functions', many, 'deploy', '--yes');
    writeFileSync(join(many, 'eventsystem.yml'), `${readFileSync(join(many, 'eventsystem.yml'), 'utf8')}tags: { team: other }\n`);
    await told(aws, 'deploy of 120 functions, their code unchanged, their tags changed', many, 'deploy', '--yes');
    const more = functions(folder, 500);
    await told(aws, 'deploy of 500 functions, in five stacks, for the first time', more, 'deploy', '--yes');
    await told(aws, 'deploy of 500 functions, nothing changed', more, 'deploy', '--yes');
    writeFileSync(join(more, 'eventsystem.yml'), `${readFileSync(join(more, 'eventsystem.yml'), 'utf8')}tags: { team: other }\n`);
    await told(aws, 'deploy of 500 functions, their code unchanged, their tags changed', more, 'deploy', '--yes');
  } finally {
    rmSync(folder, { recursive: true });
    await aws.close();
  }
}

/** A system of so many functions, each with code of its own. */
function functions(within: string, count: number): string {
  const folder = mkdtempSync(join(within, 'many-'));
  const names = Array.from({ length: count }, (_, index) => `f${index}`);
  for (const name of names) writeFileSync(join(folder, `${name}.mjs`), `export const handler = async () => '${name}';\n`);
  writeFileSync(
    join(folder, 'eventsystem.yml'),
    `name: many-${count}\nregion: eu-central-1\nfunctions:\n${names.map((name) => `  ${name}: ${name}.mjs\n`).join('')}`,
  );
  return folder;
}

async function told(aws: FakeAws, what: string, folder: string, ...words: string[]): Promise<void> {
  aws.calls.clear();
  const began = performance.now();
  const { code, said } = await run([...words, '--artifact-bucket', 'artifacts', '--endpoint', aws.url], folder);
  const took = performance.now() - began;
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${said}`);
  const code_ = aws.calls.of('PutObject').filter(({ params }) => String(params['Key']).startsWith('assets/')).length;
  const polls = aws.calls.all.filter(({ action }) => /^Describe(StackEvents|Stacks|ChangeSet)$/.test(action)).length;
  console.log(`${what}: ${(took / 1000).toFixed(2)} s, ${aws.calls.all.length} calls (${polls} of them polls), ${code_} zips sent`);
}

function run(words: readonly string[], cwd: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [resolve('bin/eventsystem.cjs'), ...words], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 'secret', CI: '1' },
  });
  const said: string[] = [];
  child.stdout.on('data', (data: Buffer) => said.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, said: said.join('') })));
}
