import { variableOf } from '../../runtime/contract.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { arn, ref, attribute } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import { adopting, nameInAws } from './adoption.ts';
import type { Sender } from './demand.ts';
import { existing } from './existing.ts';
import { verifyExistingSettings } from './existing-settings.ts';
import { keeping } from './keeping.ts';
import type { Allowance, Context, Meaning, Piece, Use } from './meaning.ts';
import { queueProblems, verifyKey } from './queue-rules.ts';
import { resourcePolicy } from './resource-policy.ts';
import { keyOf, usingKey } from './system-key.ts';
import { tagList } from './tags.ts';

export type Topic = Thing<'topics'>;

export const topicAddress = ({ name }: Topic): Address<'AWS::SNS::Topic'> => address('AWS::SNS::Topic', { name, word: 'Topic' });

export function topicArn(topic: Topic, context: Context): Piece {
  const found = existing(topic.settings.existing, context);
  return found ? (found.arn ?? arn('sns', found.name)) : ref(topicAddress(topic));
}

function topicName(topic: Topic, context: Context): Piece {
  return existing(topic.settings.existing, context)?.name ?? attribute(topicAddress(topic), 'TopicName');
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
export function topicKey({ settings }: Topic, context: Context): Allowance['statements'] {
  return usingKey(keyOf(settings, settings.key, context), 'sns', 'kms:Decrypt', 'kms:GenerateDataKey');
}

const ONLY_FIFO = ['deduplication', 'throughput', 'archive'] as const;

/** An SNS topic. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export const topics: Meaning<'topics'> = {
  service: 'sns',
  arn: topicArn,
  attributes: { '': topicArn, arn: topicArn, name: topicName },
  access: {
    publish: (topic: Topic, _: Use, context: Context): Allowance => ({
      statements: [{ actions: ['sns:Publish'], on: [topicArn(topic, context)] }, ...topicKey(topic, context)],
      variables: [{ name: variableOf('topic', topic.called), value: topicArn(topic, context) }],
    }),
  },

  verify(topic, context, report) {
    const { settings, written } = topic;
    verifyExistingSettings(topic, ['key', 'fifo'], report);
    verifyKey(topic, context, report);
    for (const setting of ONLY_FIFO) {
      if (settings[setting] !== undefined && !settings.fifo && !settings.existing)
        report(queueProblems['fifo-only'], written.at(setting).key ?? written.place, { setting, what: 'topic' });
    }
  },

  expand(topic, context) {
    const { settings, path, place: because } = topic;
    if (settings.existing) return [];
    const { fifo } = settings;
    const key = keyOf(settings, settings.key, context);
    const senders = context.demandsOn(topic).map(({ need }): Sender => need);
    return [
      resource(
        topicAddress(topic),
        {
          ...topicNamed(settings, context),
          ...(settings.displayName !== undefined && { DisplayName: settings.displayName }),
          ...(fifo && { FifoTopic: true }),
          ...(settings.deduplication === 'content' && { ContentBasedDeduplication: true }),
          ...(settings.throughput === 'group' && { FifoThroughputScope: 'MessageGroup' }),
          ...(settings.archive !== undefined && { ArchivePolicy: { MessageRetentionPeriod: Math.ceil(settings.archive / 86_400) } }),
          // Version 2 signs with SHA-256. https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
          ...(!fifo && { SignatureVersion: '2' }),
          ...(settings.tracing && { TracingConfig: 'Active' }),
          ...(key !== undefined && { KmsMasterKeyId: key as string }),
          ...tagList(settings.tags, context),
        },
        {
          because,
          path,
          ...adopting(settings, context, (found) => ({ TopicArn: arn('sns', found.name) })),
          ...keeping(settings, context.model),
          ...(key === undefined && {
            accepted: [{ rule: 'AwsSolutions-SNS2', reason: 'AWS’s own key lets no service publish; a key of its own costs.' }],
          }),
        },
      ),
      resource(
        address('AWS::SNS::TopicPolicy', { name: topic.name, word: 'Topic' }, 'Policy'),
        {
          Topics: [ref(topicAddress(topic))],
          PolicyDocument: resourcePolicy(
            ref(topicAddress(topic)),
            { denied: 'sns:Publish', allowed: 'sns:Publish', senders, own: settings.policy },
            context,
          ),
        },
        { because, path },
      ),
    ];
  },
};

/** The name of a FIFO topic ends so; one that is adopted has its whole name. */
function topicNamed({ adopt, physicalName, fifo }: Topic['settings'], context: Context): { readonly TopicName?: Piece } {
  if (adopt) return { TopicName: nameInAws({ adopt }, context) ?? '' };
  if (physicalName === undefined) return {};
  return { TopicName: fifo && !physicalName.endsWith('.fifo') ? `${physicalName}.fifo` : physicalName };
}
