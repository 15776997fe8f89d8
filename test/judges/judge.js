// Judges every template of the samples and examples by tools nobody here wrote: `node judge.js [folder…]`.
// Every error, and every warning that no entry of the resource’s Metadata explains, is printed; then it exits with 1.
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folders = process.argv.length > 2 ? process.argv.slice(2) : [join(root, 'test/samples'), join(root, 'examples')];
const templates = folders
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
  .filter((path) => /expected\/.*template\.json$/.test(path) && !path.includes('node_modules'))
  .sort();

let wrong = 0;
const complain = (path, text) => {
  wrong += 1;
  console.log(`${path.slice(root.length + 1)}: ${text}`);
};

const acceptedIn = (template) =>
  new Map(
    Object.entries(template.Resources).map(([id, one]) => [
      id,
      new Set((one.Metadata?.eventsystem?.accepted ?? []).map(({ rule }) => rule)),
    ]),
  );

const engine = new CelEngine();
for (const path of templates) {
  const template = JSON.parse(readFileSync(path, 'utf8'));
  const accepted = acceptedIn(template);
  const { diagnostics } = engine.validateStandard(new TemplateFile(path));
  for (const one of diagnostics) {
    const id = one.entity?.name ?? one.entity?.logicalId ?? one.entity?.id;
    if (/info/i.test(one.severity) || accepted.get(id)?.has(one.ruleId)) continue;
    complain(path, `${one.severity} ${one.ruleId} ${id ?? ''} ${one.propertyPath ?? ''} ${one.message}`);
  }
}
engine.free();

for (const path of templates) {
  const accepted = acceptedIn(JSON.parse(readFileSync(path, 'utf8')));
  for (const { rule, resource, message } of nag(path, AwsSolutionsChecks)) {
    if (!accepted.get(resource)?.has(rule)) complain(path, `${rule} ${resource} ${message}`);
  }
}

// What is strict is judged by NIST 800-53 too; what remains of it is listed with its reasons.
const remaining = JSON.parse(readFileSync(join(root, 'test/judges/nist-remaining.json'), 'utf8'));
for (const path of templates.filter((one) => one.includes('samples/strict/every/'))) {
  const counts = new Map();
  for (const { rule, resource, message } of nag(path, NIST80053R5Checks)) {
    if (remaining[rule] === undefined) complain(path, `${rule} ${resource} ${message}`);
    else counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  console.log(
    `${path.slice(root.length + 1)}: ${[...counts.values()].reduce((a, b) => a + b, 0)} findings of ${counts.size} rules of NIST 800-53 remain.`,
  );
}

console.log(`${templates.length} templates judged, ${wrong} complaints.`);
process.exitCode = wrong > 0 || templates.length === 0 ? 1 : 0;

/** What a pack of cdk-nag finds in a template. */
function nag(path, Pack) {
  const outdir = mkdtempSync(join(tmpdir(), 'judge-'));
  try {
    const app = new App({ outdir, context: { '@aws-cdk/core:validationReportJson': true } });
    Validations.of(app).addPlugins(new Pack(app));
    const stack = new Stack(app, 'Judged');
    new CfnInclude(stack, 'Template', { templateFile: path });
    const log = console.log;
    const error = console.error;
    console.log = console.error = () => undefined;
    try {
      app.synth();
    } catch {
      // A violation makes synthesis fail; the report says which.
    } finally {
      console.log = log;
      console.error = error;
      process.exitCode = 0;
    }
    return violationsIn(JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function violationsIn(report) {
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, description, violatingConstructs }) =>
      violatingConstructs.map((one) => ({
        rule: ruleName.replace(/\[.*$/, ''),
        resource: one.constructPath.split('/').at(-1),
        message: description,
      })),
    ),
  );
}
