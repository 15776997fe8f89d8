interface AlarmEvent {
  readonly alarmArn: string;
  readonly alarmData: { readonly alarmName: string; readonly state: { readonly value: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'; readonly reason: string } };
}

export default async ({ alarmData: { alarmName, state } }: AlarmEvent): Promise<void> => {
  console.log(`${alarmName} is ${state.value}: ${state.reason}`);
};
