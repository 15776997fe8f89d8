import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SourceKind } from '../../src/schema/sources/index.ts';
import { apis } from './documented/apis.ts';
import { fromDevices } from './documented/from-devices.ts';
import { fromServices } from './documented/from-services.ts';
import type { Documented } from './documented/kit.ts';
import { pulled } from './documented/pulled.ts';
import { receivers } from './documented/receivers.ts';
import { services } from './documented/services.ts';
import { Template } from './template.ts';

/** Every source of a function: a kind that has no row does not compile. */
const sources: { readonly [S in SourceKind]: readonly Documented[] } = { ...pulled, ...fromServices, ...fromDevices };

const all: readonly Documented[] = [...Object.values(sources).flat(), ...receivers, ...apis, ...services];
const carried = all.flatMap(({ role, ...rest }) => (role ? [{ role, ...rest }] : []));
const reached = all.flatMap(({ into, ...rest }) => (into ? [{ into, ...rest }] : []));

test.each(carried)('$of: $role.id may do what the page lists, and nothing else', ({ sample, role, page }) => {
  const template = new Template(sample);
  expect(template.carriers(role.id)).toEqual([...role.carriers].sort());
  expect(template.grants(role.id), page).toEqual([...role.may].sort());
});

test.each(carried)('$of: one action less than $role.id has, and something the page lists is missing', ({ sample, role }) => {
  const granted = new Template(sample).grants(role.id);
  for (const less of granted) {
    const left = new Set(granted.filter((one) => one !== less));
    expect(role.may.filter((needed) => !left.has(needed))).toEqual([less]);
  }
});

/** A role by who takes it on and the actions it has, whatever they are on. */
const kindOf = (carriers: readonly string[], may: readonly string[]): string =>
  [carriers.map((one) => one.split(' ')[0]).sort(), [...new Set(may.map((one) => one.split(' ')[0]))].sort()].join(' may ');

test('every role that a service takes on, in whatever sample, is of a kind that a page is named for', () => {
  const known = new Set(carried.map(({ role }) => kindOf(role.carriers, role.may)));
  const samples = readdirSync('test/samples', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('expected/template.json'),
  );
  const unknown = samples.flatMap((path) => {
    const sample = path.replace('/expected/template.json', '');
    const template = new Template(sample);
    // What the role of a function may do beside its source is what the file granted.
    return template.roles
      .filter((id) => !template.carriers(id).some((one) => /^(edge)?lambda\./.test(one)))
      .filter((id) => !known.has(kindOf(template.carriers(id), template.grants(id))))
      .map((id) => `${sample} ${id}`);
  });
  expect(samples.length).toBeGreaterThan(50);
  expect(unknown).toEqual([]);
});

test.each(reached)('$of: who calls $into.id is whom the page names, pinned to the source', ({ sample, into, page }) => {
  expect(new Template(sample).admissions(into.id), page).toEqual([...into.by].sort());
});

test('every kind of source and every receiver is looked at from one side at least', () => {
  expect(Object.entries(sources).flatMap(([kind, rows]) => (rows.some(({ role, into }) => role ?? into) ? [] : [kind]))).toEqual([]);
});

/** Services that call functions or take roles on, as IAM names them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html */
const PRINCIPALS = new Set(
  [
    'alexa-appkit.amazon.com',
    'alexa-connectedhome.amazon.com',
    ...[
      'apigateway',
      'cloudfront',
      'cloudwatch',
      'codedeploy',
      'cognito-idp',
      'config',
      'delivery.logs',
      'edgelambda',
      'elasticloadbalancing',
      'events',
      'iot',
      'lambda',
      'lambda.alarms.cloudwatch',
      'logging.s3',
      'logs',
      'monitoring.rds',
      'pipes',
      'rds',
      's3',
      'scheduler',
      'secretsmanager',
      'ses',
      'sns',
      'states',
      'vpc-flow-logs',
    ].map((service) => `${service}.amazonaws.com`),
  ].sort(),
);

test('every service principal of every sample is one that AWS has', () => {
  const written = readdirSync('test/samples', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('template.json'))
    .flatMap((path) => readFileSync(`test/samples/${path}`, 'utf8').match(/"[\w.-]+\.amazon(aws)?\.com"/g) ?? [])
    .map((quoted) => quoted.slice(1, -1));
  const suffixes = new Set(written.filter((one) => !PRINCIPALS.has(one)));
  expect([...suffixes].sort()).toEqual([]);
});
