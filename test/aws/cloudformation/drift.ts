import { detect } from '../machine/drift.ts';
import type { Stack, StackResource } from '../machine/stack.ts';
import { text, texts, type Tree, type Value } from '../tree.ts';
import { validationError } from '../wire.ts';
import { bracketed, paged, required, stackOf, type Action } from './action.ts';

const DETECTION = 5000;

const written = (value: Value | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

const shown = (stack: Stack, { logicalId, physicalId, type, properties, drift }: StackResource): Tree => ({
  StackId: stack.id,
  LogicalResourceId: logicalId,
  PhysicalResourceId: physicalId,
  ResourceType: type,
  ExpectedProperties: JSON.stringify(properties),
  ActualProperties: drift?.actual && JSON.stringify(drift.actual),
  PropertyDifferences: (drift?.differences ?? []).map(({ path, expected, actual }) => ({
    PropertyPath: path,
    ExpectedValue: written(expected),
    ActualValue: written(actual),
    DifferenceType: expected === undefined ? 'ADD' : actual === undefined ? 'REMOVE' : 'NOT_EQUAL',
  })),
  StackResourceDriftStatus: drift?.status ?? 'NOT_CHECKED',
  Timestamp: drift?.at,
});

/** A detection runs by itself; its id is asked for until it is complete. */
export const driftActions: Readonly<Record<string, Action>> = {
  DetectStackDrift: (call, service) => {
    const { cloud } = service;
    const stack = stackOf(call, service, bracketed);
    if (stack.inProgress) throw validationError(`Drift detection cannot be performed on stack ${stack.id} in ${stack.status} state`);
    const id = cloud.uuid();
    const detection = { stack, drifted: 0, done: false, at: cloud.clock.date() };
    service.detections.set(id, detection);
    cloud.clock.after(DETECTION, () => {
      detection.drifted = detect(cloud, stack);
      detection.done = true;
    });
    return { StackDriftDetectionId: id };
  },

  DescribeStackDriftDetectionStatus: (call, service) => {
    const id = required(call, 'StackDriftDetectionId');
    const detection = service.detections.get(id);
    if (!detection) throw validationError(`Drift detection ID ${id} does not exist`);
    const { stack, done, drifted, at } = detection;
    return {
      StackId: stack.id,
      StackDriftDetectionId: id,
      DetectionStatus: done ? 'DETECTION_COMPLETE' : 'DETECTION_IN_PROGRESS',
      ...(done ? { StackDriftStatus: stack.driftStatus, DriftedStackResourceCount: drifted } : {}),
      Timestamp: at,
    };
  },

  DescribeStackResourceDrifts: (call, service) => {
    const stack = stackOf(call, service, bracketed);
    const wanted = texts(call.params, 'StackResourceDriftStatusFilters');
    const all = [...stack.resources.values()].filter(({ drift }) => drift && (wanted.length === 0 || wanted.includes(drift.status)));
    const { page, next } = paged(all, 100, text(call.params, 'NextToken'));
    return { StackResourceDrifts: page.map((resource) => shown(stack, resource)), NextToken: next };
  },
};
