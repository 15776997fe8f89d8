import type { Thing } from '../resolve/model.ts';
import type { Context, Meaning, Piece } from './meaning.ts';
import { verifySignIn } from './sign-in.ts';

export type DocumentCluster = Thing<'documentClusters'>;

export const documentClusterArn = ({ settings }: DocumentCluster, context: Context): Piece => context.text(settings.existing);

/** A cluster of DocumentDB. It exists already: what is made are the mappings of its consumers. */
export const documentClusters: Meaning<'documentClusters'> = {
  arn: documentClusterArn,
  attributes: { '': documentClusterArn, arn: documentClusterArn },
  verify({ name, settings, written }, _, report) {
    const secret = { secret: settings.secret, place: written.at('secret').place };
    verifySignIn(name, [secret], written.parts.get('secretKey')?.place, report);
  },
  expand: () => [],
};
