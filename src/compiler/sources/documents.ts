import { documents as shape } from '../../schema/sources/documents.ts';
import { arn } from '../cloud/value.ts';
import { documentClusterArn } from '../resources/document-clusters.ts';
import type { Statement } from '../resources/meaning.ts';
import { signInAccess, signInSecret } from '../resources/sign-in.ts';
import { verifyFilter } from './filter.ts';
import { elsewhere, mapping, reading, startingPosition } from './mapping.ts';
import { interfaces, roads, verifyStart, verifyTimeout } from './pollers.ts';
import type { SourceMeaning } from './source.ts';

/** Of what stands around the cluster only AWS knows the names. */
const SURROUNDINGS: readonly Statement[] = [
  { actions: ['rds:DescribeDBClusterParameters'], on: [arn('rds', 'cluster-pg:*')] },
  { actions: ['rds:DescribeDBSubnetGroups'], on: [arn('rds', 'subgrp:*')] },
].map((statement) => ({
  ...statement,
  accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'The cluster exists; which parameter and subnet groups it has is not known here.' }],
}));

/** The change stream of DocumentDB. https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html */
export const documents: SourceMeaning<'documents'> = {
  model: shape.polling,
  pace: () => 'Lambda reads the change stream continuously',
  named: (settings) => ({ name: settings.documents.name.name, word: 'Cluster' }),

  verify(source, _, report) {
    const { settings, written } = source;
    verifyStart(source, settings.start, settings.documents.name.name, report);
    verifyFilter(written.at('filter'), ['event'], report);
    verifyTimeout(source, report);
  },

  endpoints(source, context) {
    const { vpc, secret } = source.settings.documents.name.settings;
    return vpc ? roads(source, { provisioned: false, secrets: [secret], failure: undefined, groups: [] }, context) : [];
  },

  expand(source, context) {
    const { settings } = source;
    const { name: of, database, collection } = settings.documents;
    const { secret, secretKey } = of.settings;
    const { fullDocument } = settings;
    return [
      mapping(
        source,
        {
          EventSourceArn: documentClusterArn(of, context),
          DocumentDBEventSourceConfig: {
            DatabaseName: database,
            ...(collection !== undefined && { CollectionName: collection }),
            ...(fullDocument !== undefined && { FullDocument: fullDocument === 'default' ? 'Default' : 'UpdateLookup' }),
          },
          SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: signInSecret(secret, context) }],
          ...startingPosition(settings.start ?? 'trim-horizon'),
          BatchSize: settings.batchSize ?? 100,
        },
        settings,
        context,
        elsewhere('cluster'),
      ),
      // https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html#docdb-prereqs
      ...reading(source, of.name, [
        { actions: ['rds:DescribeDBClusters'], on: [documentClusterArn(of, context)] },
        ...SURROUNDINGS,
        ...signInAccess([secret], secretKey ? [secretKey] : [], context),
      ]),
      ...interfaces(source, of.name),
    ];
  },
};
