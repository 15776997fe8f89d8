interface Reading {
  readonly bed?: string;
  readonly moisture?: number;
  readonly temperature?: number;
}

export const handler = async ({ bed, moisture, temperature }: Reading): Promise<void> => {
  console.log(JSON.stringify({ bed, dry: moisture !== undefined && moisture < 20, hot: temperature !== undefined && temperature > 30 }));
};
