/**
 * VibeKit's tool for verified Algorand code: the plan's `generate_algorand_code`, over the HTTP API of
 * `algorand-coder serve`. One file, no dependency but the MCP SDK's types.
 *
 * Environment: ALGORAND_CODER_URL (default http://127.0.0.1:8800), ALGORAND_CODER_API_KEY (where the server needs one).
 */
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js'

export const generateCodeTool: Tool = {
  name: 'generate_algorand_code',
  description: 'Generate Algorand TypeScript code using the fine-tuned model',
  inputSchema: {
    type: 'object',
    properties: {
      instruction: {
        type: 'string',
        description: 'What code to generate',
      },
      context: {
        type: 'string',
        description: 'Optional context (existing code, types, etc.)',
      },
    },
    required: ['instruction'],
  },
}

export type Outcome = 'passed' | 'failed' | 'unjudged'

/** One finding of a compiler; `line` and `column` count from 1. */
export interface Diagnostic {
  level: string
  file: string
  line: number
  column: number
  code: string
  message: string
  hint: string
}

/** The best code that was found, and how good it is. `outcome` says whether it passed every check. */
export interface GeneratedCode {
  code: string
  kind: 'client' | 'contract' | 'logicsig' | 'tealscript'
  outcome: Outcome
  versions: Record<string, string>
  checks: { level: string; outcome: Outcome; seconds: number; reason: string; diagnostics: Diagnostic[] }[]
  attempts: { round: number; sample: number; model: string; outcome: Outcome; level: string | null; findings: number; tokens: number }[]
  model: string
  route: string
  tokens: number
  warnings: string[]
}

export interface GenerateCodeArgs {
  instruction: string
  context?: string
}

export interface GenerateCodeOptions {
  baseUrl?: string
  apiKey?: string
  /** How deep answers are verified. */
  level?: 'parse' | 'types' | 'compile' | 'deploy'
  /** Answers sampled in each round. */
  n?: number
  /** Rounds of repair after the first. */
  rounds?: number
  signal?: AbortSignal
}

/** Asks for code. Throws an Error with the server's message when there is none. */
export async function generateCode(args: GenerateCodeArgs, options: GenerateCodeOptions = {}): Promise<GeneratedCode> {
  const { baseUrl = process.env.ALGORAND_CODER_URL ?? 'http://127.0.0.1:8800', signal, apiKey, ...effort } = options
  const key = apiKey ?? process.env.ALGORAND_CODER_API_KEY
  const response = await fetch(new URL('/v1/generate', baseUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ ...args, ...effort }),
    ...(signal ? { signal } : {}),
  })
  const body: unknown = await response.json()
  if (!response.ok) {
    const { error } = body as { error?: { message?: string } }
    throw new Error(error?.message ?? `algorand-coder answered ${response.status}`)
  }
  return body as GeneratedCode
}

/** The handler: one text block of JSON, or VibeKit's error form with a command that recovers. */
export async function handleGenerateCode(args: GenerateCodeArgs, options: GenerateCodeOptions = {}): Promise<CallToolResult> {
  try {
    const generated = await generateCode(args, options)
    return { content: [{ type: 'text', text: JSON.stringify(generated, null, 2) }] }
  } catch (error) {
    const unreachable = error instanceof TypeError
    const failure = {
      error: true,
      message: unreachable ? 'algorand-coder cannot be reached' : error instanceof Error ? error.message : String(error),
      ...(unreachable ? { hint: 'algorand-coder serve MODEL' } : {}),
      tool: generateCodeTool.name,
    }
    return { isError: true, content: [{ type: 'text', text: JSON.stringify(failure, null, 2) }] }
  }
}
