/** A call that is refused, with the name of the service's exception. */
export interface Refused {
  refused: string
  status: number
  message: string
}

/** A call that gets no answer at all. */
export interface Silent {
  silent: true
}

export const refuse = (refused: string, status: number, message: string): Refused => ({
  refused,
  status,
  message,
})

export const refusals = {
  throttled: refuse('ThrottlingException', 400, 'Rate exceeded'),
  broken: refuse('ServiceFailureException', 500, 'An unknown condition has caused a failure.'),
  denied: refuse('AccessDeniedException', 403, 'User is not authorized to perform this.'),
  unscripted: refuse('BadRequestException', 400, 'Nothing is scripted for this call.'),
  silent: { silent: true },
} as const satisfies Record<string, Refused | Silent>

/** Thrown by an operation to be sent as its answer. */
export class Refusal extends Error {
  readonly answer: Refused
  constructor(answer: Refused) {
    super(answer.message)
    this.answer = answer
  }
}
