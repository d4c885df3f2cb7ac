"""Brings the bucket of the lake and its two users in line with `.env`; safe to run again.

The lake driver's user works in its bucket and nowhere else; the reader's user reads bronze and
silver. Users are made through MinIO's admin interface, which S3 itself does not have.
"""

import json

from minio import MinioAdmin
from minio.credentials.providers import StaticProvider
from pydantic import SecretStr

from local.servers.part import begin_step, log
from local.settings import ObjectStoreSettings
from local.stack.readiness import minio_answers, object_store
from local.stack.waiting import wait_until

LAKE_POLICY = "top-songs-lake"
READER_POLICY = "top-songs-reader"
# A user may by default make credentials for itself that outlive a change of its secret. Temporary ones
# (STS AssumeRole) expire, and no policy of MinIO denies them.
NO_FURTHER_CREDENTIALS = (
    {
        "Effect": "Deny",
        "Action": ["admin:CreateServiceAccount", "admin:UpdateServiceAccount", "admin:ListServiceAccounts"],
    },
)


def lake_policy(bucket: str) -> dict[str, object]:
    """Returns the policy of the one writer: everything inside the bucket, nothing about it."""
    return _policy(
        {
            "Action": ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            "Resource": [f"arn:aws:s3:::{bucket}"],
        },
        {
            "Action": [
                "s3:GetObject",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts",
            ],
            "Resource": [f"arn:aws:s3:::{bucket}/*"],
        },
    )


def reader_policy(bucket: str) -> dict[str, object]:
    """Returns the policy of the readers: bronze and silver, listed and read."""
    layers = ("bronze", "silver")
    return _policy(
        {"Action": ["s3:GetBucketLocation"], "Resource": [f"arn:aws:s3:::{bucket}"]},
        {
            "Action": ["s3:ListBucket"],
            "Resource": [f"arn:aws:s3:::{bucket}"],
            "Condition": {"StringLike": {"s3:prefix": [f"{layer}/*" for layer in layers]}},
        },
        {
            "Action": ["s3:GetObject"],
            "Resource": [f"arn:aws:s3:::{bucket}/{layer}/*" for layer in layers],
        },
    )


def bring_in_line(settings: ObjectStoreSettings) -> None:
    """Makes the bucket, both policies and both users, and removes users of ours with other names.

    Service accounts, which nothing here uses, are removed: they would outlive a change of the user's secret.
    """
    root_password = settings.minio_root_password.get_secret_value()
    store = object_store(settings, settings.minio_root_user, root_password)
    if not store.bucket_exists(settings.lake_bucket):
        store.make_bucket(settings.lake_bucket)
    admin = _admin(settings, root_password)
    admin.policy_add(LAKE_POLICY, policy=lake_policy(settings.lake_bucket))
    admin.policy_add(READER_POLICY, policy=reader_policy(settings.lake_bucket))
    _ensure_user(admin, settings.lake_access_key, settings.lake_secret_key, LAKE_POLICY)
    _ensure_user(admin, settings.reader_access_key, settings.reader_secret_key, READER_POLICY)
    _remove_former_users(admin, {settings.lake_access_key, settings.reader_access_key})


def _policy(*statements: dict[str, object]) -> dict[str, object]:
    return {
        "Version": "2012-10-17",
        "Statement": [*({"Effect": "Allow", **one} for one in statements), *NO_FURTHER_CREDENTIALS],
    }


def _admin(settings: ObjectStoreSettings, root_password: str) -> MinioAdmin:
    scheme, address = settings.s3_endpoint.split("://", 1)
    credentials = StaticProvider(settings.minio_root_user, root_password)
    return MinioAdmin(endpoint=address, credentials=credentials, secure=scheme == "https")


def _ensure_user(admin: MinioAdmin, access_key: str, secret: SecretStr, policy: str) -> None:
    admin.user_add(access_key, secret.get_secret_value())
    admin.policy_set(policy, user=access_key)
    for account in json.loads(admin.list_service_account(access_key))["accounts"] or ():
        admin.delete_service_account(account["accessKey"])


def _remove_former_users(admin: MinioAdmin, current: set[str]) -> None:
    for access_key, user in json.loads(admin.user_list()).items():
        if access_key not in current and user.get("policyName") in (LAKE_POLICY, READER_POLICY):
            admin.user_remove(access_key)


def main() -> None:
    """Waits for the server, then brings it in line."""
    settings = begin_step("minio-init", ObjectStoreSettings)
    wait_until("MinIO", lambda: minio_answers(settings))
    bring_in_line(settings)
    log.info("bucket %s and its users are in line", settings.lake_bucket)


if __name__ == "__main__":
    main()
