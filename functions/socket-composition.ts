import { createSocketAdmission } from '../shared/services/delivery/socket-admission.ts'
import { type Table, table } from './clients.ts'
import { connectionRepository, sessionRepository } from './repositories.ts'

export const socketAdmission = (clients: Table = table()) =>
  createSocketAdmission({
    connections: connectionRepository(clients),
    sessions: sessionRepository(clients),
  })
