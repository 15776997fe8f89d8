import { secretVariableOf, variableOf } from '../../../runtime/contract.ts';
import { ref, text, type Value } from '../../cloud/value.ts';
import type { Needs } from '../demand.ts';
import type { AccessOf, Allowance, Context, Statement, Use } from '../meaning.ts';
import { keyOf, usingKey } from '../system-key.ts';
import { schemaOf, type Database } from './engines.ts';
import { arnOf, frontGroup, frontPort, hostOf, secretAddress, setUpAddress, userArn } from './identity.ts';

/** The user that only reads. */
export const readerOf = ({ settings }: Database): string => `${settings.user}_read`;

/** The user of the Data API: it proves itself with a secret, whatever the others do. */
export const dataUserOf = ({ settings }: Database): string => (settings.auth === 'secret' ? settings.user : `${settings.user}_data`);

export const access: AccessOf<'databases'> = {
  connect: (database, use, context) =>
    use.limit === undefined
      ? connecting(database, database.settings.user, 'write', use, context)
      : connecting(database, use.limit, 'login', use, context),
  read: (database, use, context) => connecting(database, readerOf(database), 'read', use, context),
  data: (database, _, context) => {
    const user = dataUserOf(database);
    return {
      statements: [
        {
          actions: [
            'rds-data:BatchExecuteStatement',
            'rds-data:BeginTransaction',
            'rds-data:CommitTransaction',
            'rds-data:ExecuteStatement',
            'rds-data:RollbackTransaction',
          ],
          on: [arnOf(database, context)],
        },
        ...secretStatements(database, user, context),
      ],
      variables: [
        { name: variableOf('database', database.called), value: urlOf(database, user, 'secret', context) },
        { name: `${variableOf('database', database.called)}_ARN`, value: arnOf(database, context) },
        { name: secretVariableOf(database.name), value: secretOf(database, user, context) },
      ],
      needs: [{ user, access: 'write', by: 'secret' }, { dataApi: true }] satisfies Needs['databases'][],
      ...after(database),
    };
  },
};

/** A connection inside the VPC, as one user. */
function connecting(database: Database, user: string, as: 'write' | 'read' | 'login', { place }: Use, context: Context): Allowance {
  const { auth } = database.settings;
  const statements: readonly Statement[] =
    auth === 'iam' ? [{ actions: ['rds-db:connect'], on: [userArn(database, user)] }] : secretStatements(database, user, context);
  return {
    statements,
    variables: [
      { name: variableOf('database', database.called), value: urlOf(database, user, auth, context) },
      ...(auth === 'secret' ? [{ name: secretVariableOf(database.name), value: secretOf(database, user, context) }] : []),
      // Lambda’s own file of certificates: with it Node trusts those of RDS. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
      { name: 'NODE_EXTRA_CA_CERTS', value: '/var/runtime/ca-cert.pem' },
    ],
    needs: [{ user, access: as, by: auth }] satisfies Needs['databases'][],
    reaches: [{ to: 'group', name: database.path, group: frontGroup(database), port: frontPort(database), place }],
    ...after(database),
  };
}

/** What connects is made when the users are. */
const after = (database: Database): Pick<Allowance, 'after'> => (database.settings.existing ? {} : { after: [setUpAddress(database)] });

export function secretOf(database: Database, user: string, context: Context): Value {
  const { secret } = database.settings;
  return secret ? context.text(secret) : ref(secretAddress(database, user));
}

function secretStatements(database: Database, user: string, context: Context): readonly Statement[] {
  return [
    { actions: ['secretsmanager:GetSecretValue'], on: [secretOf(database, user, context)] },
    ...usingKey(keyOf(database.settings, undefined, context), 'secretsmanager', 'kms:Decrypt'),
  ];
}

/** How the runtime library finds a database: `postgres://app@host:5432/ledger?auth=iam`. */
function urlOf(database: Database, user: string, auth: 'iam' | 'secret', context: Context): Value {
  return text(
    `${database.settings.engine}://${user}@`,
    hostOf(database, context),
    `:${frontPort(database)}/${schemaOf(database)}?auth=${auth}`,
  );
}
