# MinIO (AGPL-3.0), built from its last open source state; the version is that of local/setup/minio_build.py.
FROM golang:1.26.8-alpine AS build
ARG MINIO_VERSION=v0.0.0-20260212201848-7aac2a2c5b7c
ENV CGO_ENABLED=0
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    go install -gcflags=all=-dwarf=false -ldflags="-s -w" "github.com/minio/minio@${MINIO_VERSION}"

FROM alpine:3.23.4
RUN addgroup -S -g 10001 minio && adduser -S -D -H -u 10001 -G minio minio && install -d -o minio -g minio /data
COPY --from=build /go/bin/minio /usr/local/bin/minio
ENV HOME=/tmp
USER 10001:10001
EXPOSE 9000 9001
ENTRYPOINT ["minio"]
