import { address } from '../../cloud/address.ts';
import { resource, type Part } from '../../cloud/part.ts';
import { attribute, ref, type Value } from '../../cloud/value.ts';
import { builtIn } from '../../../schema/function.ts';
import { functionParts } from '../function-parts.ts';
import { keyOf, usingKey } from '../system-key.ts';
import type { Context, Member, Shipped } from '../meaning.ts';
import { factsOf, portOf, schemaOf, type Database } from './engines.ts';
import { groupAddress, instanceAddress, namedAs, ownAttribute, ownHost, secretAddress, setUpAddress } from './identity.ts';
import { migrationsOf } from './migrations.ts';
import { usersOf } from './users.ts';

/** Whether there are users to be made, or migrations to be applied. */
export const needsSetUp = (database: Database, context: Context): boolean =>
  database.settings.existing === undefined && (usersOf(database, context).length > 0 || database.settings.migrations !== undefined);

const providerOf = (database: Database) => addresses(database, 'SetUpProvider');
const workerOf = (database: Database) => addresses(database, 'SetUpWorker');

function addresses(database: Database, role: string) {
  const named = namedAs(database);
  return {
    address: address('AWS::Lambda::Function', named, `${role}Function`),
    role: address('AWS::IAM::Role', named, `${role}FunctionRole`),
    logGroup: address('AWS::Logs::LogGroup', named, `${role}FunctionLogGroup`),
  };
}

/** The function inside the VPC that talks to the database. It calls nothing. */
export function workerMember(database: Database): Member {
  const { address: fn, role } = workerOf(database);
  return {
    fn,
    role,
    title: `the set-up of ${database.name}`,
    reaches: [
      {
        to: 'group',
        name: database.path,
        group: attribute(groupAddress(database), 'GroupId'),
        port: portOf(database),
        place: database.place,
      },
    ],
    calls: [],
    because: database.place,
    path: database.path,
  };
}

const providerCode = ({ place }: Database): Shipped => ({ name: 'database-provider', files: [], place });

/** The migrations lie beside the worker’s code, so that nothing in the VPC needs a road to a bucket. */
const workerCode = (database: Database, context: Context): Shipped => ({
  name: 'database-worker',
  files: migrationsOf(database, context),
  place: database.written.parts.get('migrations')?.place ?? database.place,
});

export const shippedFor = (database: Database, context: Context): readonly Shipped[] =>
  needsSetUp(database, context) ? [providerCode(database), workerCode(database, context)] : [];

/**
 * How long each may take, in seconds: what waits for another takes a little longer. A function ends after fifteen minutes.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
const TIMES = { worker: 300, provider: 360, resource: 420 };
const TIMES_OF_MIGRATIONS = { worker: 840, provider: 900, resource: 960 };

/**
 * Makes the users of a database, and applies its migrations, while the stack is made: CloudFormation calls the provider, which reads the secret of
 * the master and calls the worker; the worker connects. So nothing in the VPC needs a road to AWS for it.
 */
export function setUpParts(database: Database, context: Context): readonly Part[] {
  const [provider, worker] = [providerOf(database), workerOf(database)];
  const from = { because: database.place, path: database.path };
  const users = usersOf(database, context);
  const master = ownAttribute(database, 'MasterUserSecret.SecretArn', 'MasterUserSecret.SecretArn');
  const secrets = users.filter(({ by }) => by === 'secret').map(({ name }): Value => ref(secretAddress(database, name)));
  const grant = { part: 'grant', to: provider.role, by: 'code', ...from } as const;
  const migrates = database.settings.migrations !== undefined;
  const times = migrates ? TIMES_OF_MIGRATIONS : TIMES;
  const settings = { ...builtIn, memory: 256 };
  const code = context.shipped(workerCode(database, context));
  return [
    ...functionParts(
      {
        ...provider,
        code: context.shipped(providerCode(database)),
        settings: { ...settings, timeout: times.provider },
        inVpc: false,
        ...from,
      },
      context,
    ),
    ...functionParts({ ...worker, code, settings: { ...settings, timeout: times.worker }, inVpc: true, ...from }, context),
    { part: 'variable', to: worker.address, name: 'NODE_EXTRA_CA_CERTS', value: '/var/runtime/ca-cert.pem', ...from },
    { ...grant, actions: ['secretsmanager:GetSecretValue'], on: [master, ...secrets], reason: 'reads the secrets it passes to the worker' },
    ...(secrets.length > 0 ? usingKey(keyOf({}, undefined, context), 'secretsmanager', 'kms:Decrypt') : []).map((statement): Part => ({
      ...grant,
      ...statement,
      reason: 'reads the secrets it passes to the worker',
    })),
    { ...grant, actions: ['lambda:InvokeFunction'], on: [attribute(worker.address, 'Arn')], reason: 'calls the worker in the VPC' },
    resource(
      setUpAddress(database),
      {
        ServiceToken: attribute(provider.address, 'Arn'),
        ServiceTimeout: times.resource,
        Worker: ref(worker.address),
        Engine: database.settings.engine,
        Host: ownHost(database),
        Port: String(portOf(database)),
        Database: schemaOf(database),
        MasterSecret: master,
        // Another content is another property, and CloudFormation asks again.
        ...(migrates && { Migrations: code.carries }),
        Users: users.map(({ name, access, by }) => ({
          Name: name,
          Access: access,
          By: by,
          ...(by === 'secret' && { Secret: ref(secretAddress(database, name)) }),
        })),
      } as never,
      // A cluster without its writer answers nobody. For the rules of the network, made meanwhile, the worker waits.
      { ...from, dependsOn: factsOf(database).aurora ? [instanceAddress(database, 'Writer')] : [] },
    ),
  ];
}
