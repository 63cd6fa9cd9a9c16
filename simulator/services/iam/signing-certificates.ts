import type {
  DeleteSigningCertificateRequest,
  ListSigningCertificatesRequest,
  ListSigningCertificatesResponse,
} from "@aws-sdk/client-iam";
import type { Decoded, Operation } from "../service.ts";
import { noSuchEntity } from "./faults.ts";
import { requiresSubject, subjectOf } from "./identities.ts";
import { markerPage } from "./marker-page.ts";

export const listSigningCertificates: Operation<ListSigningCertificatesRequest, ListSigningCertificatesResponse> = {
  requires: requiresSubject,
  perform: (input, call) => {
    const { holder, userName } = subjectOf(input.UserName, call);
    const { items, position } = markerPage(holder.signingCertificates, input, call);
    const certificates = items.map(({ id, body, status, uploaded }) => ({
      UserName: userName,
      CertificateId: id,
      CertificateBody: body,
      Status: status,
      UploadDate: uploaded,
    }));
    return { Certificates: certificates, ...position };
  },
};

export const deleteSigningCertificate: Operation<Decoded<DeleteSigningCertificateRequest>, object> = {
  requires: requiresSubject,
  perform: ({ CertificateId, UserName }, call) => {
    const { signingCertificates } = subjectOf(UserName, call).holder;
    const index = signingCertificates.findIndex(({ id }) => id === CertificateId);
    if (index < 0) throw noSuchEntity(`The Certificate with id ${CertificateId} cannot be found.`);
    signingCertificates.splice(index, 1);
    return {};
  },
};
