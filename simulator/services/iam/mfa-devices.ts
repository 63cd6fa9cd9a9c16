import type {
  DeactivateMFADeviceRequest,
  DeleteVirtualMFADeviceRequest,
  ListMFADevicesRequest,
  ListMFADevicesResponse,
  ListVirtualMFADevicesRequest,
  ListVirtualMFADevicesResponse,
  VirtualMFADevice,
} from "@aws-sdk/client-iam";
import { rootUserArn } from "#iam";
import type { IamState, MfaDevice } from "../../state/iam.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { deleteConflict, noSuchEntity } from "./faults.ts";
import { iamOfCaller, requiresSubject, subjectOf } from "./identities.ts";
import { markerPage } from "./marker-page.ts";

export const listMFADevices: Operation<ListMFADevicesRequest, ListMFADevicesResponse> = {
  requires: requiresSubject,
  perform: (input, call) => {
    const { holder, userName } = subjectOf(input.UserName, call);
    const { items, position } = markerPage(holder.mfaDevices, input, call);
    const devices = items.map(({ serialNumber, enabled }) => ({
      UserName: userName,
      SerialNumber: serialNumber,
      EnableDate: enabled,
    }));
    return { MFADevices: devices, ...position };
  },
};

/** Takes the device from its user. A virtual one stays, unassigned, until it is deleted. */
export const deactivateMFADevice: Operation<Decoded<DeactivateMFADeviceRequest>, object> = {
  requires: requiresSubject,
  perform: ({ SerialNumber, UserName }, call) => {
    const { mfaDevices } = subjectOf(UserName, call).holder;
    const index = mfaDevices.findIndex(({ serialNumber }) => serialNumber === SerialNumber);
    if (index < 0) throw noSuchEntity("MFA Device invalid for user.");
    mfaDevices.splice(index, 1);
    if (isVirtual(SerialNumber)) iamOfCaller(call).unassignedMfaDevices.add(SerialNumber);
    return {};
  },
};

/**
 * The device is a resource of its own, which the task policy of a root session would deny read literally, while AWS's
 * guides list the call as working there: it is taken as authorised on the root user (docs/aws-behaviour.md, "Not known").
 */
export const deleteVirtualMFADevice: Operation<Decoded<DeleteVirtualMFADeviceRequest>, object> = {
  requires: ({ SerialNumber }, { caller }) => [
    { resource: caller.session?.assumedRoot ? rootUserArn(caller.accountId) : SerialNumber },
  ],
  perform: ({ SerialNumber }, call) => {
    const iam = iamOfCaller(call);
    if (iam.unassignedMfaDevices.delete(SerialNumber)) return {};
    const inUse = assignedDevices(iam, call).some(({ SerialNumber: serial }) => serial === SerialNumber);
    if (inUse) throw deleteConflict("MFA VirtualDevice in use. Must deactivate first.");
    throw noSuchEntity(`VirtualMFADevice with serial number ${SerialNumber} doesn't exist.`);
  },
};

export const listVirtualMFADevices: Operation<ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse> = {
  requires: (_input, { caller }) => [{ resource: `arn:aws:iam::${caller.accountId}:mfa/` }],
  perform: (input, call) => {
    const iam = iamOfCaller(call);
    const assigned = input.AssignmentStatus === "Unassigned" ? [] : assignedDevices(iam, call);
    const unassigned = input.AssignmentStatus === "Assigned" ? [] : [...iam.unassignedMfaDevices];
    const devices = [...assigned, ...unassigned.map((SerialNumber) => ({ SerialNumber }))];
    const { items, position } = markerPage(devices, input, call);
    return { VirtualMFADevices: [...items], ...position };
  },
};

function assignedDevices({ rootUser, users }: IamState, { caller }: Call): readonly VirtualMFADevice[] {
  const rootArn = rootUserArn(caller.accountId);
  return [
    ...rootUser.mfaDevices.filter(isVirtualDevice).map((device) => describe(device, rootArn, caller.accountId)),
    ...[...users.values()].flatMap(({ mfaDevices, arn, id }) =>
      mfaDevices.filter(isVirtualDevice).map((device) => describe(device, arn, id)),
    ),
  ];
}

function describe({ serialNumber, enabled }: MfaDevice, arn: string, userId: string): VirtualMFADevice {
  const User = { Arn: arn, UserId: userId, Path: undefined, UserName: undefined, CreateDate: undefined };
  return { SerialNumber: serialNumber, EnableDate: enabled, User };
}

function isVirtualDevice({ serialNumber }: MfaDevice): boolean {
  return isVirtual(serialNumber);
}

/** Hardware devices have a serial number from their maker, virtual ones an ARN. */
function isVirtual(serialNumber: string): boolean {
  return serialNumber.startsWith("arn:");
}
