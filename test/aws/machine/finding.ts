/** One finding of the validation before a deployment. */
export interface Finding {
  readonly check: 'PropertyValidation' | 'ResourceExistenceCheck' | 'S3BucketEmptinessCheck' | (string & {});
  readonly name: string;
  readonly mode: 'FAIL' | 'WARN';
  readonly logicalId: string;
  readonly type: string;
  readonly path: string;
  readonly reason: string;
}
