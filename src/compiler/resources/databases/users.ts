import { resource, type Part } from '../../cloud/part.ts';
import type { Needs } from '../demand.ts';
import type { Context } from '../meaning.ts';
import { systemKeyId } from '../system-key.ts';
import { tagList } from '../tags.ts';
import type { Database } from './engines.ts';
import { hasProxy, proxyNeedsSecrets, secretAddress } from './identity.ts';

/** A user that somebody connects as. */
export type User = { readonly name: string; readonly access: 'write' | 'read' | 'login'; readonly by: 'iam' | 'secret' };

const WEIGHT = { login: 0, read: 1, write: 2 } as const;

/** The users of a database, each once, in the order of their names. */
export function usersOf(database: Database, context: Context): readonly User[] {
  const users = new Map<string, User>();
  for (const { need } of context.demandsOn(database)) {
    if (!isUser(need)) continue;
    const { user: name, access } = need;
    const known = users.get(name);
    // A proxy of MariaDB signs in with a secret, though the function at the proxy does by IAM.
    const by = need.by === 'secret' || known?.by === 'secret' || (hasProxy(database) && proxyNeedsSecrets(database)) ? 'secret' : 'iam';
    users.set(name, { name, by, access: known && WEIGHT[known.access] > WEIGHT[access] ? known.access : access });
  }
  return [...users.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isUser(need: Needs['databases']): need is Extract<Needs['databases'], { readonly user: string }> {
  return 'user' in need;
}

/** A secret for each user that has a password. */
export function secretParts(database: Database, context: Context): readonly Part[] {
  return usersOf(database, context)
    .filter(({ by }) => by === 'secret')
    .map(({ name }) =>
      resource(
        secretAddress(database, name),
        {
          ...systemKeyId(undefined, context),
          Description: `The user ${name} of the database ${database.name}`,
          GenerateSecretString: {
            SecretStringTemplate: JSON.stringify({ username: name }),
            GenerateStringKey: 'password',
            PasswordLength: 40,
            // Letters and digits need no quoting anywhere, and forty of them are enough.
            ExcludePunctuation: true,
          },
          ...tagList(undefined, context),
        },
        {
          because: database.place,
          path: database.path,
          deletion: 'Delete',
          replaced: 'Delete',
          accepted: [{ rule: 'AwsSolutions-SMG4', reason: 'Rotation needs a function and costs; it is off unless asked for.' }],
        },
      ),
    );
}
