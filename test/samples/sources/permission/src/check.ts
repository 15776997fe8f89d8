interface ConfigEvent {
  readonly invokingEvent: string;
  readonly resultToken: string;
}

export default async ({ invokingEvent, resultToken }: ConfigEvent): Promise<void> => {
  const { configurationItem } = JSON.parse(invokingEvent) as { configurationItem?: { resourceType: string; resourceId: string } };
  console.log(JSON.stringify({ checked: configurationItem?.resourceId, resultToken }));
};
