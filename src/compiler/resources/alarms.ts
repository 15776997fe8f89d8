import { address, logicalId } from '../cloud/address.ts';
import { resource, type Part, type Resource } from '../cloud/part.ts';
import { arn, attribute, ref, type Value } from '../cloud/value.ts';
import type { Model, Thing } from '../resolve/model.ts';
import type { Demand } from './demand.ts';
import { isEdge } from './edge.ts';
import { functionAddress } from './function-address.ts';
import type { Context, Piece, SystemMeaning } from './meaning.ts';

type Alarms = NonNullable<Model['settings']['alarms']>;

/** What an alarm looks at. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html */
interface Watch {
  readonly role: string;
  readonly what: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimension: { readonly name: string; readonly value: Value };
  readonly statistic: 'Sum' | 'Maximum';
  readonly threshold: number;
}

/** Alarms of the whole system: on whatever was made that should be heard of. */
export const alarms: SystemMeaning = {
  demands({ model }) {
    const topic = model.settings.alarms?.notify;
    if (!topic || 'segments' in topic) return [];
    const demand: Demand<'topics'> = {
      on: topic,
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
      need: { need: 'sender', service: 'cloudwatch', source: arn('cloudwatch', 'alarm:*'), ofAccount: true },
      because: model.root.at('alarms').place,
    };
    return [demand];
  },

  follow(parts, context) {
    const settings = context.model.settings.alarms;
    if (!settings) return [];
    const { notify } = settings;
    const action = 'segments' in notify ? context.text(notify) : context.arn(notify);
    return parts.flatMap((part) =>
      part.part === 'resource' ? watched(part, parts, settings, context).map((one) => alarm(part, one, action)) : [],
    );
  },
};

const limit = (said: number | 'none' | undefined, usually: number): number | undefined => (said === 'none' ? undefined : (said ?? usually));

function watched(part: Resource, parts: readonly Part[], settings: Alarms, context: Context): readonly Watch[] {
  if (part.address.type === 'AWS::Lambda::Function') return isQuiet(part, context) ? [] : ofFunction(part, parts, settings);
  if (part.address.type === 'AWS::SQS::Queue') return ofQueue(part, settings, context);
  return [];
}

/** A function may want no alarms of its own; what a function at the edge does is counted elsewhere. */
function isQuiet({ address: own }: Resource, { model }: Context): boolean {
  return model.functions.some((fn) => (fn.settings.alarms === 'none' || isEdge(fn)) && logicalId(functionAddress(fn)) === logicalId(own));
}

function ofFunction({ address: own }: Resource, parts: readonly Part[], { errors, throttles, iteratorAge }: Alarms): readonly Watch[] {
  const dimension = { name: 'FunctionName', value: ref(own) };
  const lambda = { namespace: 'AWS/Lambda', dimension } as const;
  const some = (threshold: number | undefined, watch: Omit<Watch, 'threshold'>): readonly Watch[] =>
    threshold === undefined ? [] : [{ ...watch, threshold }];
  return [
    ...some(limit(errors, 1), { ...lambda, role: 'ErrorsAlarm', what: 'Calls fail', metric: 'Errors', statistic: 'Sum' }),
    ...some(limit(throttles, 1), { ...lambda, role: 'ThrottlesAlarm', what: 'Calls are refused', metric: 'Throttles', statistic: 'Sum' }),
    ...(readsStream(own, parts)
      ? some(limit(iteratorAge, 300) === undefined ? undefined : (limit(iteratorAge, 300) ?? 0) * 1000, {
          ...lambda,
          role: 'IteratorAgeAlarm',
          what: 'It falls behind its stream',
          metric: 'IteratorAge',
          statistic: 'Maximum',
        })
      : []),
  ];
}

/** Whether a mapping of it has a place in a stream. */
function readsStream(own: Resource['address'], parts: readonly Part[]): boolean {
  return parts.some(
    (part) =>
      part.part === 'resource' &&
      part.address.type === 'AWS::Lambda::EventSourceMapping' &&
      'StartingPosition' in part.properties &&
      // Of Kafka Lambda measures how many records it is behind, not how long.
      !('Topics' in part.properties) &&
      JSON.stringify(part.properties['FunctionName' as never]) === JSON.stringify(ref(own)),
  );
}

function ofQueue({ address: own }: Resource, { deadLetters }: Alarms, context: Context): readonly Watch[] {
  const threshold = limit(deadLetters, 1);
  if (threshold === undefined || !endsThere(own, context)) return [];
  return [
    {
      role: 'MessagesAlarm',
      what: 'Something failed for good',
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimension: { name: 'QueueName', value: attribute(own, 'QueueName') },
      statistic: 'Maximum',
      threshold,
    },
  ];
}

/** A queue that was made for failures, or one of the file where failures end. */
function endsThere({ names, role }: Resource['address'], context: Context): boolean {
  if (role !== '') return true;
  const thing: Thing<'queues'> | undefined = context.model.all('queues').find(({ name }) => name === names[0]?.name);
  return thing !== undefined && context.demandsOn(thing).some(({ need }) => need.need === 'failures');
}

function alarm({ address: of, because, path }: Resource, watch: Watch, action: Piece): Part {
  const { role, what, namespace, metric, dimension, statistic, threshold } = watch;
  return resource(
    address('AWS::CloudWatch::Alarm', of.names, `${of.role}${role}`),
    {
      AlarmDescription: `${what}: ${path}`,
      Namespace: namespace,
      MetricName: metric,
      Dimensions: [{ Name: dimension.name, Value: dimension.value as Piece }],
      Statistic: statistic,
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      // Where nothing is measured, nothing went wrong.
      TreatMissingData: 'notBreaching',
      AlarmActions: [action],
    },
    { because, path },
  );
}
