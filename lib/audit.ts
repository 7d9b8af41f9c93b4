import * as z from 'zod'
import type { DeployedPackage } from './bill-of-materials.ts'

const reportSchema = z.looseObject({
  vulnerabilities: z.record(
    z.string(),
    z.looseObject({
      name: z.string(),
      severity: z.string(),
      range: z.string().default('*'),
      /** Folders of the affected packages, as the lockfile names them. */
      nodes: z.array(z.string()),
    }),
  ),
})

const failureSchema = z.looseObject({ message: z.string().optional() })

/** What an audit came to, or why there was none. */
export type Audit = { findings: string[] } | { unchecked: string }

/** Severities for which a deployment has to wait. */
const grave = new Set(['high', 'critical'])

/**
 * Reads what `npm audit --json` wrote. Only packages of which something is deployed count: the others run
 * on machines of developers alone.
 */
export const readAudit = (
  output: string,
  deployed: readonly Pick<DeployedPackage, 'path'>[],
): Audit => {
  let json: unknown
  try {
    json = JSON.parse(output)
  } catch {
    return { unchecked: 'npm gave no report' }
  }
  const report = reportSchema.safeParse(json)
  if (!report.success) {
    return { unchecked: failureSchema.safeParse(json).data?.message ?? 'npm gave no report' }
  }
  const paths = new Set(deployed.map(({ path }) => path))
  const findings = Object.values(report.data.vulnerabilities)
    .filter(({ severity, nodes }) => grave.has(severity) && nodes.some((node) => paths.has(node)))
    .map(({ name, severity, range }) => `${name} ${range}: ${severity}`)
  return { findings }
}
