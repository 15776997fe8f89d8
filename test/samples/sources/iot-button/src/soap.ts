interface Press {
  readonly serialNumber: string;
  readonly batteryVoltage: string;
  readonly clickType: 'SINGLE' | 'DOUBLE' | 'LONG';
}

export default async ({ serialNumber, clickType }: Press): Promise<void> => {
  if (clickType !== 'LONG') console.log(JSON.stringify({ order: clickType === 'DOUBLE' ? 2 : 1, from: serialNumber }));
};
