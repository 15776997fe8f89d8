import { arnOf, frontPort, hasProxy, hostOf, readHostOf } from './databases/identity.ts';
import { schemaOf } from './databases/engines.ts';
import { proxyParts } from './databases/proxy.ts';
import { serverParts } from './databases/server.ts';
import { needsSetUp, setUpParts, shippedFor, workerMember } from './databases/set-up.ts';
import { secretParts } from './databases/users.ts';
import { access, secretOf } from './databases/verbs.ts';
import { verifyDatabase } from './databases/verify.ts';
import type { Meaning, Piece } from './meaning.ts';

/** A relational database in the VPC: never public, always by TLS. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Welcome.html */
export const databases: Meaning<'databases'> = {
  lifetime: 'data',
  service: 'rds',
  arn: arnOf,
  attributes: {
    '': hostOf,
    host: hostOf,
    readHost: readHostOf,
    port: (database) => String(frontPort(database)),
    name: schemaOf,
    user: ({ settings }) => settings.user,
    arn: arnOf,
    // The user’s secret is text where it is made here, and an ARN of the file’s where it exists.
    secretArn: (database, context) => secretOf(database, database.settings.user, context) as Piece,
  },
  access,
  verify: verifyDatabase,
  members: (database, context) => (needsSetUp(database, context) ? [workerMember(database)] : []),
  shipped: shippedFor,
  expand(database, context) {
    if (database.settings.existing) return [];
    return [
      ...serverParts(database, context),
      ...secretParts(database, context),
      ...(hasProxy(database) ? proxyParts(database, context) : []),
      ...(needsSetUp(database, context) ? setUpParts(database, context) : []),
    ];
  },
};
